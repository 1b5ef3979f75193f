#include "counters.h"

#include <dirent.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

static int64_t read_clock(clockid_t clock)
{
	struct timespec t;
	return clock_gettime(clock, &t) == 0 ? (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000 : -1;
}

int64_t counters_now_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t counters_cpu_us(pid_t pid)
{
	clockid_t clock;
	return clock_getcpuclockid(pid, &clock) == 0 ? read_clock(clock) : -1;
}

int counters_open_instructions(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE, .size = sizeof attr, .config = PERF_COUNT_HW_INSTRUCTIONS,
		.disabled = 1, .enable_on_exec = 1, .inherit = 1, .exclude_kernel = 1, .exclude_hv = 1,
	};
	return (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

int64_t counters_instructions(int fd)
{
	int64_t n;
	return fd >= 0 && read(fd, &n, sizeof n) == sizeof n ? n : -1;
}

static int64_t status_field(const char *path, const char *name)
{
	struct sbuf text = {0};
	int64_t n = 0;
	if (file_read(path, 64 * 1024, &text, NULL)) {
		const char *at = strstr(sbuf_str(&text), name);
		n = at == NULL ? 0 : strtoll(at + strlen(name), NULL, 10);
	}
	sbuf_fini(&text);
	return n;
}

static int64_t process_field(pid_t pid, const char *file, const char *name)
{
	char *path = xasprintf("/proc/%d/%s", (int)pid, file);
	int64_t n = status_field(path, name);
	free(path);
	return n;
}

int64_t counters_peak_kb(pid_t pid)
{
	return process_field(pid, "status", "\nVmHWM:");
}

int64_t counters_own_kb(pid_t pid)
{
	return process_field(pid, "smaps_rollup", "\nPrivate_Dirty:");
}

int64_t counters_share_kb(pid_t pid)
{
	return process_field(pid, "smaps_rollup", "\nPss:");
}

int64_t counters_sleeps(pid_t pid)
{
	char *tasks = xasprintf("/proc/%d/task", (int)pid);
	int64_t n = 0;
	DIR *dir = opendir(tasks);
	for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
		char *path = xasprintf("%s/%s/status", tasks, e->d_name);
		if (e->d_name[0] != '.')
			n += status_field(path, "\nvoluntary_ctxt_switches:");
		free(path);
	}
	if (dir != NULL)
		closedir(dir);
	free(tasks);
	return n;
}
