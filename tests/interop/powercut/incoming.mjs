// What other people send to Calf, and what it has to lead to: posts, replies, likes, boosts, edits, and taking all of it back.
const everybody = "https://www.w3.org/ns/activitystreams#Public";

export class Incoming {
  /** Activities that Calf has not answered with 202 yet, with how often they were sent. */
  pending = [];
  accepted = 0;
  repeated = 0;
  /** Answers other than 202. */
  refused = [];
  /** The expected posts of others by uri: {content, actor, parent, gone}. */
  notes = new Map();
  /** Expected likes and boosts of the owner's posts, as "actor uri". */
  likes = new Set();
  boosts = new Map();
  #number = 0;

  constructor(stub, calf, actors, chance) {
    Object.assign(this, { stub, calf, actors, chance });
  }

  /** Makes up something that may happen now. `targets` are the owner's posts that stay. */
  #invent(targets) {
    const actor = this.chance.pick(this.actors);
    const number = ++this.#number;
    const id = `${actor}/activities/${number}`;
    const kind = this.chance.next();
    const settled = [...this.notes].filter(([, note]) => note.settled && !note.gone && note.actor === actor);
    if (kind < 0.2 && targets.length > 0) return this.#like(actor, id, this.chance.pick(targets));
    if (kind < 0.3 && targets.length > 0) return this.#boost(actor, id, this.chance.pick(targets));
    if (kind < 0.4 && settled.length > 0) return this.#edit(actor, id, ...this.chance.pick(settled));
    if (kind < 0.5 && settled.length > 0) return this.#delete(actor, id, ...this.chance.pick(settled));
    return this.#create(actor, id, number, kind > 0.85 && targets.length > 0 ? this.chance.pick(targets) : undefined);
  }

  #create(actor, id, number, parent) {
    const uri = `${actor}/notes/${number}`;
    const note = { content: `<p>Note ${number}</p>`, actor, parent, gone: false, settled: false };
    this.notes.set(uri, note);
    return {
      activity: { id, type: "Create", actor, to: [everybody], object: this.#document(uri, note) },
      then: () => (note.settled = true),
    };
  }

  #document(uri, note, updated) {
    const mention = note.parent ? { inReplyTo: note.parent, tag: [{ type: "Mention", href: this.calf.actor, name: "@them" }] } : {};
    note.published ??= new Date().toISOString();
    return {
      id: uri, type: "Note", attributedTo: note.actor, content: note.content, published: note.published, ...(updated ? { updated } : {}),
      to: [everybody], cc: note.parent ? [this.calf.actor] : [], ...mention,
    };
  }

  #edit(actor, id, uri, note) {
    // Not again before this one is through: two changes under way at once have no order that both sides know.
    note.settled = false;
    note.content = `<p>Changed by ${id.split("/").at(-1)}</p>`;
    return { activity: { id, type: "Update", actor, to: [everybody], object: this.#document(uri, note, new Date().toISOString()) }, then: () => (note.settled = true) };
  }

  #delete(actor, id, uri, note) {
    note.gone = true;
    return { activity: { id, type: "Delete", actor, to: [everybody], object: { id: uri, type: "Tombstone" } }, then() {} };
  }

  #like(actor, id, object) {
    const key = `${actor} ${object}`;
    if (this.likes.has(key)) return this.#create(actor, id, this.#number);
    this.likes.add(key);
    const like = { id, type: "Like", actor, object };
    return { activity: like, then: () => this.chance.oneIn(3) && this.#undo(like, () => this.likes.delete(key)) };
  }

  #boost(actor, id, object) {
    const key = `${actor} ${object}`;
    if (this.boosts.has(key)) return this.#create(actor, id, this.#number);
    this.boosts.set(key, id);
    const boost = { id, type: "Announce", actor, object, to: [everybody], published: new Date().toISOString() };
    return { activity: boost, then: () => this.chance.oneIn(3) && this.#undo(boost, () => this.boosts.delete(key)) };
  }

  /** Takes back what was accepted, once that is certain. What was undone is not done again. */
  #undo(activity, forget) {
    forget();
    this.pending.push({ activity: { id: `${activity.id}/undo`, type: "Undo", actor: activity.actor, object: activity }, then() {}, tries: 0 });
  }

  /** Sends one: what is left from before, or else something new. What is not answered goes back to the others. */
  async sendOne(targets) {
    const left = this.pending.shift();
    const item = left ?? (targets ? { tries: 0, ...this.#invent(targets) } : undefined);
    if (!item) return false;
    if (item.tries++ > 0) this.repeated++;
    let status;
    try {
      status = await this.stub.send(`${this.calf.base}/inbox`, item.activity);
    } catch {
      this.pending.push(item);
      return true;
    }
    if (status === 202) {
      this.accepted++;
      item.then();
    } else {
      this.refused.push(`${status} for ${item.activity.id}`);
    }
    return true;
  }
}
