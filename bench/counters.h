#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Monotonic, in microseconds. */
int64_t counters_now_us(void);
/* CPU time of a whole process, all threads, in microseconds; -1 when it is gone. */
int64_t counters_cpu_us(pid_t pid);
/* Counts instructions in user space of the program that is started next, with its threads (perf events). A
 * descriptor; -1: this computer does not allow it. */
int counters_open_instructions(void);
/* So far; -1 when fd is -1. */
int64_t counters_instructions(int fd);
/* The most memory it ever had, in KB (VmHWM); 0 when it is gone. */
int64_t counters_peak_kb(pid_t pid);
/* What it has for itself now: without the pages of libraries that other programs can share. */
int64_t counters_own_kb(pid_t pid);
/* What it has now, with its part of what it shares with other programs (PSS). */
int64_t counters_share_kb(pid_t pid);
/* How often its threads went to sleep by themselves: each is a wake-up. */
int64_t counters_sleeps(pid_t pid);
