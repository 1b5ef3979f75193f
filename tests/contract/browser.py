"""Drives Debian's chromium through chromedriver (W3C WebDriver), with scripts off and with keys only."""
import base64
import contextlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from kringd import skip

TAB, ENTER, SHIFT = "\ue004", "\ue007", "\ue008"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb", "--window-size=1000,800"]


class Browser:
    def __init__(self, language):
        if not shutil.which("chromedriver") or not shutil.which("chromium"):
            skip("chromium and chromium-driver are not installed")
        self.profile, self.session, self.pid = tempfile.mkdtemp(prefix="kring-chromium-"), None, None
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.base = "http://127.0.0.1:%d" % self._port()
            self._begin(language)
        except BaseException:
            self.close()
            raise

    def _port(self):
        while select.select([self.driver.stdout], [], [], 30)[0]:
            line = self.driver.stdout.readline()
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return int(found.group(1))
            if not line:
                break
        raise RuntimeError("chromedriver does not start")

    def _begin(self, language):
        options = {
            "binary": shutil.which("chromium"),
            "args": [*ARGUMENTS, "--user-data-dir=" + self.profile, "--accept-lang=" + language, "--lang=" + language],
            "prefs": {"profile.managed_default_content_settings.javascript": 2, "credentials_enable_service": False,
                      "intl.accept_languages": language},
        }
        answer = self._send("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "acceptInsecureCerts": True, "goog:chromeOptions": options,
            "goog:loggingPrefs": {"performance": "ALL"}}}})
        self.session = "/session/" + answer["sessionId"]
        self.pid = answer["capabilities"].get("goog:processID")

    def _send(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, headers={"Content-Type": "application/json"},
                                         data=json.dumps(body or {}).encode() if method == "POST" else None)
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                raise RuntimeError(json.load(error)["value"]["message"].split("\n")[0]) from None

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()

    def close(self):
        if self.session is not None:
            with contextlib.suppress(RuntimeError, OSError):
                self._send("DELETE", self.session)
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.driver.kill()
        self.driver.wait()
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, method, path, body=None):
        return self._send(method, self.session + path, body)

    def devtools(self, command, **parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    @property
    def url(self):
        return self.ask("GET", "/url")

    @property
    def source(self):
        return self.ask("GET", "/source")

    @property
    def title(self):
        return self.ask("GET", "/title")

    def press(self, *keys):
        """Keys one after the other, as from a keyboard; a tuple holds the first while the second is pressed."""
        actions = []
        for key in keys:
            held, last = (key[:-1], key[-1]) if isinstance(key, tuple) else ((), key)
            actions += [{"type": "keyDown", "value": k} for k in (*held, last)]
            actions += [{"type": "keyUp", "value": k} for k in (last, *held)]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def enter(self):
        """Enter where it opens another page; comes back when that page is there."""
        before = self.find("html")
        self.press(ENTER)
        for _ in range(400):
            with contextlib.suppress(RuntimeError):  # asked while one page makes place for the other
                after = self.find("html")
                if after and after != before:
                    return
            time.sleep(0.05)
        raise RuntimeError("Enter opens no page on " + self.url)

    def write(self, text):
        self.press(*text)

    def find(self, selector):
        """The ids of the elements."""
        return [e[ELEMENT] for e in self.ask("POST", "/elements", {"using": "css selector", "value": selector})]

    def text(self, selector="body"):
        return "\n".join(self.ask("GET", "/element/%s/text" % e) for e in self.find(selector))

    def property(self, element, name):
        return self.ask("GET", "/element/%s/property/%s" % (element, name))

    def style(self, element, name):
        return self.ask("GET", "/element/%s/css/%s" % (element, name))

    def focused(self):
        return self.ask("GET", "/element/active")[ELEMENT]

    def tab_to(self, selector, most=20):
        """Presses Tab until this has the focus."""
        wanted = self.find(selector)
        for _ in range(most):
            self.press(TAB)
            if self.focused() in wanted:
                return
        raise RuntimeError("Tab does not reach " + selector)

    def width(self, pixels):
        """A window of this width; how wide the page is in it."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1, mobile=False)
        return self.devtools("Page.getLayoutMetrics")["cssContentSize"]["width"]

    def picture(self, path):
        size = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                             clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def requested(self):
        """Every address that pages asked for since the last time."""
        found = []
        for entry in self.ask("POST", "/se/log", {"type": "performance"}):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found
