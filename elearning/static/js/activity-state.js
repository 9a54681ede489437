// <activity-state>: how far an H5P activity or a film is, in the words the page was made with. When the player says that the server
// has recorded it as completed, the second state takes the place of the first. After a lost session the page's log-in
// dialog opens, and all players of the page go on.
class ActivityState extends HTMLElement {
  connectedCallback() {
    const activity = this.closest("section");
    activity.addEventListener("h5p:result", ({ detail }) => detail.met && this.complete());
    activity.addEventListener("film:saved", ({ detail }) => detail.met && this.complete());
    activity.addEventListener("h5p:signed-out", () => this.askToLogIn());
  }

  complete() {
    const [before, after] = this.children;
    before.hidden = true;
    after.hidden = false;
  }

  askToLogIn() {
    const players = [...document.querySelectorAll("h5p-player[data-save], film-progress[data-save]")];
    const resumed = (token) => players.forEach((player) => player.resumed(token));
    document.querySelector("login-dialog")?.open({ resumed });
  }
}

customElements.define("activity-state", ActivityState);
