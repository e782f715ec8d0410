/**
 * A step of the model, in C. It is written from the definition of a step and shares no code with
 * the checker. It reads the tables of `c-tables.ts`.
 */

/** Declared before the variables of the model. */
export const STATE = `\
extern int readtrail;
extern void (*Uerror)(char *);
\\#ifdef NOTE
\\#define HOP_STOPS 0             /* prints findings and searches everything */
\\#else
\\#define HOP_STOPS 1
\\#endif
\\#define HOP_MAIL 10000          /* deliveries in one step */
static short hop_state[HOP_WIDTH]; /* of each component, in the step that is being computed */
static short hop_mail[HOP_MAIL];   /* inputs, first in, first out */
static int hop_mail_count;
static int hop_made = -1;        /* the offer whose step is computed and not taken yet */
static void hop_load(void);
static void hop_store(void);`;

/** Declared after the variables of the model. */
export const STEP = `\
static void hop_hole(const char *what, const char *where) {
  static char said[1000];
  snprintf(said, sizeof said, "hole: %s, %s", what, where);
  Uerror(said);
}

/* Whether the addressee accepts the input. Its effects are appended to the mail. */
static int hop_deliver(const HopInput *input) {
  int component = input->component, state = hop_state[component], next = input->next[state], i;
  const short *effects;
  if (next == HOP_REFUSED) return HOP->components[component].is_monitor;
  if (next == HOP_HOLE) {
    hop_hole(HOP->components[component].states[state], input->event);
    return 0;
  }
  hop_state[component] = next;
  if (!input->effects || !(effects = input->effects[state])) return 1;
  if (hop_mail_count + effects[0] > HOP_MAIL) Uerror("a step that does not end");
  for (i = 1; i <= effects[0]; i++) hop_mail[hop_mail_count++] = effects[i];
  return 1;
}

/* Whether the offer is enabled; state is that of its component. If so, computes the step.
 * The verifier asks twice before it takes a step: the second time, the result is known. */
static int hop_enabled(int offer, int state) {
  const HopInput *input = HOP->inputs[HOP->offers[offer]];
  int head;
  if (hop_made == offer) return 1;
  if (input->next[state] == HOP_REFUSED) return 0;
  hop_load();
  hop_mail_count = 0;
  if (!hop_deliver(input)) return 0;
  for (head = 0; head < hop_mail_count; head++)
    if (!hop_deliver(HOP->inputs[hop_mail[head]])) return 0;
  hop_made = offer;
  return 1;
}

static void hop_print(const HopInput *input, const char *does) {
  printf("  %s %s %s\\n", HOP->components[input->component].name, does, input->event);
}

/* Prints the deliveries in order, then the components whose state has changed. */
static void hop_print_step(int offer) {
  short after[HOP_WIDTH];
  int i;
  hop_print(HOP->inputs[HOP->offers[offer]], "takes");
  for (i = 0; i < hop_mail_count; i++) hop_print(HOP->inputs[hop_mail[i]], "hears");
  memcpy(after, hop_state, sizeof after);
  hop_load();
  for (i = 0; i < HOP_WIDTH; i++)
    if (after[i] != hop_state[i])
      printf("    %s is now %s\\n", HOP->components[i].name, HOP->components[i].states[after[i]]);
  memcpy(hop_state, after, sizeof after);
}

/* Takes the step, and prints it while a trail is replayed. */
static void hop_take(int offer) {
  if (readtrail) hop_print_step(offer);
  hop_store();
  hop_made = -1;
}

static int hop_holds(const HopProperty *property) {
  const void *at = property->decision;
  int i, last = property->reads_count - 1;
  signed char held;
  for (i = 0; i < last && at; i++)
    at = ((const void *const *)at)[hop_state[property->reads[i]]];
  held = at ? ((const signed char *)at)[last < 0 ? 0 : hop_state[property->reads[last]]] : HOP_HOLE;
  if (held == HOP_HOLE) hop_hole(property->name, "which was never checked in such a state");
  return held;
}

/* Checks the present state: whether to stop at it. Prints each finding once. */
static int hop_found(void) {
  static char said[HOP_PROPERTIES];
  int i, found = 0;
  hop_load();
  for (i = 0; i < HOP->properties_count; i++) {
    const HopProperty *property = &HOP->properties[i];
    if (property->kind == HOP_OTHER) continue;
    if (hop_holds(property) != (property->kind == HOP_SOMETIMES)) continue;
    found = 1;
    if (said[i]) continue;
    said[i] = 1;
    printf("%s: %s\\n", property->kind == HOP_ALWAYS ? "violated" : "witnessed", property->name);
  }
  return found && HOP_STOPS;
}`;
