// <h5p-upload>: sends the form inside it with a progress bar. Without this script the form is sent as any other.

class Upload extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.target);
    });
  }

  send(form) {
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => this.show(event));
    request.upload.addEventListener("load", () => this.say(this.dataset.checking));
    request.addEventListener("load", () => this.finish(request));
    request.addEventListener("error", () => this.fail());
    request.addEventListener("abort", () => this.fail());
    const data = new FormData(form);
    this.busy(true);
    this.say(this.dataset.sending);
    request.send(data);
  }

  show(event) {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    this.querySelector("progress").value = percent;
    // A screen reader hears every quarter, not every packet.
    const quarter = Math.floor(percent / 25);
    if (quarter > this.quarter && percent < 100) {
      this.quarter = quarter;
      this.say(`${this.dataset.sending}: ${quarter * 25}%`);
    }
  }

  finish(request) {
    if (request.status === 200 && request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
      this.say(this.dataset.done);
      window.location.assign(JSON.parse(request.responseText).url);
      return;
    }
    const form = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("h5p-upload form");
    if (!form) {
      this.fail();
      return;
    }
    // The chosen file cannot be put into another form, so that the person chooses again, as after any refusal.
    this.querySelector("form").replaceWith(document.adoptNode(form));
    this.busy(false);
    this.say(this.dataset.refused);
    const findings = form.querySelector(".h5p-findings h2");
    findings?.setAttribute("tabindex", "-1");
    (findings ?? form.querySelector("[aria-invalid]"))?.focus();
  }

  fail() {
    this.busy(false);
    this.say(this.dataset.failed);
  }

  busy(is) {
    this.quarter = 0;
    this.querySelector("progress").value = 0;
    this.querySelector("[data-h5p-progress]").hidden = !is;
    for (const button of this.querySelectorAll("form button")) button.disabled = is;
  }

  say(text) {
    this.querySelector("[data-h5p-status]").textContent = text;
  }
}

customElements.define("h5p-upload", Upload);
