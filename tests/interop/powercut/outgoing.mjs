// What the owner does, through the client API and the command line, and what it has to lead to.
import { randomUUID } from "node:crypto";

export class Outgoing {
  /** Texts of posts and what is known of them: {uri, id, text, plan, deleted}. */
  posts = [];
  /** Requests without an answer: asked again with the same Idempotency-Key. */
  pending = [];
  repeated = 0;
  answered = 0;
  /** Answers that were none of 2xx. */
  refused = [];
  /** Posts of the command line, which prints the address when it is done. */
  verbs = [];
  #number = 0;

  constructor(calf, chance) {
    Object.assign(this, { calf, chance });
  }

  /** Posts that are neither changed nor deleted, for others to like. */
  get lasting() {
    return this.posts.filter((post) => post.plan === "keep" && post.uri).map((post) => post.uri);
  }

  #invent() {
    const text = `Post ${++this.#number} of the owner`;
    const plan = this.chance.pick(["keep", "keep", "keep", "edit", "delete"]);
    const post = { text, plan };
    this.posts.push(post);
    return this.#creation(post);
  }

  #creation(post) {
    const key = randomUUID();
    return {
      tries: 0,
      send: () => this.calf.post("/api/v1/statuses", { status: post.text, visibility: "public" }, { "Idempotency-Key": key }),
      then: (status) => {
        post.uri = status.uri;
        post.id = status.id;
        if (post.plan === "edit") this.pending.push(this.#edit(post));
        if (post.plan === "delete") this.pending.push(this.#deletion(post));
      },
    };
  }

  #edit(post) {
    const text = `${post.text}, changed`;
    return { tries: 0, send: () => this.calf.api("PUT", `/api/v1/statuses/${post.id}`, { status: text }), then: () => (post.text = text) };
  }

  #deletion(post) {
    return {
      tries: 0,
      send: () => this.calf.api("DELETE", `/api/v1/statuses/${post.id}`),
      // Answered with 404 to a repetition: the first request was carried out, and only its answer was lost.
      goneIsDone: true,
      then: () => (post.deleted = true),
    };
  }

  async doOne(more) {
    const item = this.pending.shift() ?? (more ? this.#invent() : undefined);
    if (!item) return false;
    const again = item.tries++ > 0;
    if (again) this.repeated++;
    try {
      item.then(await item.send());
      this.answered++;
    } catch (failure) {
      if (failure.status === undefined) this.pending.push(item);
      else if (failure.status === 404 && again && item.goneIsDone) item.then();
      else this.refused.push(failure.message);
    }
    return true;
  }

  /** Starts a post by the command line, beside whatever happens to the server. */
  post() {
    const text = `Post ${++this.#number} by the command line`;
    this.verbs.push(this.calf.verb(["post", text]).then(
      (printed) => this.posts.push({ text, plan: "verb", url: printed.split("\n")[0] }),
      (failure) => this.refused.push(failure.message)));
  }
}
