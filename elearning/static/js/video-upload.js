// <video-upload data-limit="bytes">: sends the form inside it with a progress bar, and refuses a file that is too large
// before an hour is spent on sending it. Without this script the form is sent as any other.
class VideoUpload extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.target);
    });
    this.querySelector("[data-cancel]").addEventListener("click", () => this.request?.abort());
    this.warn = (event) => event.preventDefault();
  }

  send(form) {
    if (form.elements.file.files[0]?.size > Number(this.dataset.limit)) {
      this.say(this.dataset.large);
      form.elements.file.focus();
      return;
    }
    const request = new XMLHttpRequest();
    this.request = request;
    request.open("POST", form.action || window.location.href);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => this.show(event));
    request.upload.addEventListener("load", () => this.say(this.dataset.checking));
    request.addEventListener("load", () => this.finish(request));
    request.addEventListener("error", () => this.stop(this.dataset.failed));
    request.addEventListener("abort", () => this.stop(this.dataset.cancelled));
    const data = new FormData(form);
    this.busy(true);
    this.say(this.dataset.sending);
    request.send(data);
  }

  show(event) {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    this.querySelector("progress").value = percent;
    this.querySelector("output").textContent = `${percent}%`;
    // A screen reader hears every quarter, not every packet.
    const quarter = Math.floor(percent / 25);
    if (quarter > this.quarter && percent < 100) {
      this.quarter = quarter;
      this.say(`${this.dataset.sending}: ${quarter * 25}%`);
    }
  }

  finish(request) {
    if (request.status === 200 && request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
      removeEventListener("beforeunload", this.warn);
      this.say(this.dataset.done);
      window.location.assign(JSON.parse(request.responseText).url);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const form = page.querySelector("video-upload form");
    if (!form) {
      this.stop(this.dataset.failed);
      return;
    }
    // The chosen file cannot be put into another form, so that the person chooses again, as after any refusal.
    this.querySelector("form").replaceWith(document.adoptNode(form));
    this.stop(this.dataset.refused);
    form.querySelector("[aria-invalid]")?.focus();
  }

  stop(text) {
    this.busy(false);
    this.say(text);
  }

  busy(is) {
    this.quarter = 0;
    this.querySelector("progress").value = 0;
    this.querySelector("output").textContent = "";
    this.querySelector("[data-progress]").hidden = !is;
    for (const button of this.querySelectorAll("form button")) button.disabled = is;
    if (is) addEventListener("beforeunload", this.warn);
    else removeEventListener("beforeunload", this.warn);
  }

  say(text) {
    this.querySelector("[data-status]").textContent = text;
  }
}

customElements.define("video-upload", VideoUpload);
