#include "kernel/bpf/shrink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/bpf/instruction.h"

enum { REGISTERS = 11 };

/* What is known of a register: never set on any way here; a number; an address in the settings; nothing. */
enum knowledge { UNSEEN, NUMBER, ADDRESS, ANYTHING };

struct value {
	enum knowledge known;
	uint64_t number; /* NUMBER; ADDRESS: the offset */
};

struct state {
	struct value of[REGISTERS];
};

enum branch { NOT_REACHED, OPEN, ALWAYS, NEVER };

struct place {
	int32_t state;     /* of those that a jump leads to, which of shrinker.states; -1: none */
	uint32_t moved_to; /* where it is in the shorter program */
	uint16_t live;     /* registers whose value is used behind it */
	uint8_t branch;    /* enum branch; of what is no jump, OPEN once it is reached */
	bool kept, waiting;
};

struct shrinker {
	struct bpf_insn *at;
	uint32_t count;
	int32_t settings_map;
	const uint8_t *settings;
	size_t settings_bytes;
	struct place *places; /* owned, one for each instruction and one for the end */
	struct state *states; /* owned */
	uint32_t *waiting;    /* owned: places to go on from */
	uint32_t waiting_count;
};

/* Where a jump or call leads to; too large a number when that is nowhere. */
static uint32_t target_of(const struct shrinker *s, uint32_t at)
{
	const struct bpf_insn *i = &s->at[at];
	int64_t to = (int64_t)at + 1 + (is_own_call(i) ? i->imm : i->off);

	return to >= 0 && to < s->count ? (uint32_t)to : UINT32_MAX;
}

static uint32_t behind(const struct shrinker *s, uint32_t at)
{
	return at + (is_wide(&s->at[at]) ? 2 : 1);
}

/* --- what is known where */

static struct value number(uint64_t value)
{
	return (struct value){ NUMBER, value };
}

static struct value nothing(void)
{
	return (struct value){ .known = ANYTHING };
}

static bool is_same(struct value a, struct value b)
{
	return a.known == b.known && (a.known == ANYTHING || a.number == b.number);
}

/* Adds one more way to come to a place. */
static void arrive(struct shrinker *s, uint32_t at, const struct state *state)
{
	struct place *place = &s->places[at];
	struct state *known = &s->states[place->state];
	bool news = place->branch == NOT_REACHED;

	for (int r = 0; r < REGISTERS; r++) {
		struct value *old = &known->of[r];
		struct value both = old->known == UNSEEN        ? state->of[r] :
		                    is_same(*old, state->of[r]) ? *old :
		                                                  nothing();
		news = news || !is_same(both, *old);
		*old = both;
	}
	if (news && !place->waiting) {
		place->waiting = true;
		s->waiting[s->waiting_count++] = at;
	}
}

static struct value load_wide(const struct shrinker *s, const struct bpf_insn *i)
{
	if (i->src_reg == 0)
		return number((uint32_t)i[0].imm | (uint64_t)(uint32_t)i[1].imm << 32);
	if (i->src_reg == BPF_PSEUDO_MAP_VALUE && i->imm == s->settings_map)
		return (struct value){ ADDRESS, (uint32_t)i[1].imm };
	return nothing();
}

static struct value load(const struct shrinker *s, const struct bpf_insn *i, struct value from)
{
	uint8_t size = BPF_SIZE(i->code);
	size_t bytes = size == BPF_B ? 1 : size == BPF_H ? 2 : size == BPF_W ? 4 : 8;
	uint64_t at = from.number + (uint64_t)i->off;
	uint8_t byte;
	uint16_t half;
	uint32_t word;
	uint64_t all;

	if (from.known != ADDRESS || BPF_MODE(i->code) != BPF_MEM || at > s->settings_bytes ||
	    bytes > s->settings_bytes - at)
		return nothing();
	switch (size) {
	case BPF_B:
		return number((memcpy(&byte, s->settings + at, sizeof byte), byte));
	case BPF_H:
		return number((memcpy(&half, s->settings + at, sizeof half), half));
	case BPF_W:
		return number((memcpy(&word, s->settings + at, sizeof word), word));
	default:
		return number((memcpy(&all, s->settings + at, sizeof all), all));
	}
}

static struct value compute(const struct bpf_insn *i, struct value left, struct value right)
{
	uint8_t operation = BPF_OP(i->code);
	bool narrow = class_of(i) == BPF_ALU;
	uint64_t result;

	if (operation == BPF_MOV && i->off == 0 && right.known == ADDRESS && !narrow)
		return right;
	if (right.known != NUMBER || i->off != 0 || (operation != BPF_MOV && left.known != NUMBER))
		return nothing();
	switch (operation) {
	case BPF_MOV:
		result = right.number;
		break;
	case BPF_AND:
		result = left.number & right.number;
		break;
	case BPF_OR:
		result = left.number | right.number;
		break;
	case BPF_ADD:
		result = left.number + right.number;
		break;
	default:
		return nothing();
	}
	return number(narrow ? (uint32_t)result : result);
}

static struct value operand(const struct bpf_insn *i, const struct state *state)
{
	return BPF_SRC(i->code) == BPF_X ? state->of[i->src_reg] : number((uint64_t)(int64_t)i->imm);
}

/* What an instruction that is no jump does to the registers. */
static void step(const struct shrinker *s, const struct bpf_insn *i, struct state *state)
{
	switch (class_of(i)) {
	case BPF_LD:
		state->of[is_wide(i) ? i->dst_reg : 0] = is_wide(i) ? load_wide(s, i) : nothing();
		break;
	case BPF_LDX:
		state->of[i->dst_reg] = load(s, i, state->of[i->src_reg]);
		break;
	case BPF_ALU:
	case BPF_ALU64:
		state->of[i->dst_reg] = compute(i, state->of[i->dst_reg], operand(i, state));
		break;
	case BPF_STX:
		if (BPF_MODE(i->code) == BPF_ATOMIC) /* may fetch */
			state->of[i->src_reg] = state->of[0] = nothing();
		break;
	default:
		if (is_call(i))
			for (int r = 0; r <= 5; r++)
				state->of[r] = nothing();
		break;
	}
}

static enum branch decide(const struct bpf_insn *i, const struct state *state)
{
	struct value left = state->of[i->dst_reg], right = operand(i, state);
	uint64_t a = left.number, b = right.number;

	if (is_goto(i))
		return ALWAYS;
	if (left.known != NUMBER || right.known != NUMBER)
		return OPEN;
	if (class_of(i) == BPF_JMP32)
		a = (uint32_t)a, b = (uint32_t)b;
	switch (BPF_OP(i->code)) {
	case BPF_JEQ:
		return a == b ? ALWAYS : NEVER;
	case BPF_JNE:
		return a != b ? ALWAYS : NEVER;
	case BPF_JGT:
		return a > b ? ALWAYS : NEVER;
	case BPF_JGE:
		return a >= b ? ALWAYS : NEVER;
	case BPF_JLT:
		return a < b ? ALWAYS : NEVER;
	case BPF_JLE:
		return a <= b ? ALWAYS : NEVER;
	case BPF_JSET:
		return a & b ? ALWAYS : NEVER;
	default:
		return OPEN;
	}
}

static struct state know_nothing(void)
{
	struct state state;

	for (int r = 0; r < REGISTERS; r++)
		state.of[r] = nothing();
	return state;
}

/* Follows the program from a place until all ways from there are known. */
static void follow(struct shrinker *s, uint32_t at)
{
	struct state state = s->states[s->places[at].state];
	struct state blank = know_nothing();

	for (;;) {
		const struct bpf_insn *i = &s->at[at];
		struct place *place = &s->places[at];
		place->branch = OPEN;
		if (is_exit(i))
			return;
		if (is_own_call(i))
			arrive(s, target_of(s, at), &blank);
		if (is_jump(i))
			place->branch = (uint8_t)decide(i, &state);
		else
			step(s, i, &state);
		if (is_jump(i) && place->branch != NEVER)
			arrive(s, target_of(s, at), &state);
		if (place->branch == ALWAYS)
			return;
		at = behind(s, at);
		if (s->places[at].state >= 0) {
			arrive(s, at, &state);
			return;
		}
	}
}

/* --- the shape of the program */

/* Finds where jumps lead to, and that none leads out. How many such places there are, or -EBADMSG. */
static int32_t find_places(struct shrinker *s)
{
	int32_t found = 0;
	uint32_t last = 0;

	for (uint32_t at = 0; at <= s->count; at++)
		s->places[at].state = -1;
	for (uint32_t at = 0; at < s->count; at = behind(s, at))
		s->places[at].kept = true; /* for now: where an instruction begins */
	s->places[0].state = found++;
	for (uint32_t at = 0; at < s->count; at = behind(s, at)) {
		last = at;
		if (!is_jump(&s->at[at]) && !is_own_call(&s->at[at]))
			continue;
		uint32_t to = target_of(s, at);
		if (s->at[at].code == (BPF_JMP32 | BPF_JA) || to == UINT32_MAX || !s->places[to].kept)
			return -EBADMSG;
		if (s->places[to].state < 0)
			s->places[to].state = found++;
		to = at + 1;
		if (s->places[to].state < 0)
			s->places[to].state = found++;
	}
	if (is_wide(&s->at[last]) || (!is_exit(&s->at[last]) && !is_goto(&s->at[last])))
		return -EBADMSG;
	return found;
}

static int follow_all(struct shrinker *s)
{
	struct state blank = know_nothing();

	int32_t places = find_places(s);
	if (places < 0)
		return places;
	s->states = calloc((size_t)places, sizeof *s->states);
	s->waiting = calloc((size_t)places, sizeof *s->waiting);
	if (!s->states || !s->waiting)
		return -ENOMEM;
	arrive(s, 0, &blank);
	while (s->waiting_count) {
		uint32_t at = s->waiting[--s->waiting_count];
		s->places[at].waiting = false;
		follow(s, at);
	}
	return 0;
}

/* --- values that nobody uses */

static uint16_t live_before(const struct shrinker *s, uint32_t at)
{
	const struct bpf_insn *i = &s->at[at];
	const struct place *place = &s->places[at];

	if (place->branch == NOT_REACHED || place->branch == NEVER)
		return place->live;
	if (is_mere_value(i) && !(place->live & register_bit(i->dst_reg)))
		return place->live;
	if (place->branch == ALWAYS)
		return place->live;
	uint16_t given = is_mere_value(i) ? register_bit(i->dst_reg) : is_call(i) ? SCRATCH : 0;
	return (uint16_t)((place->live & ~given) | registers_used_by(i));
}

/* Which registers are used behind each instruction: goes backwards until nothing is new. */
static void find_live(struct shrinker *s)
{
	for (bool news = true; news;) {
		news = false;
		for (uint32_t at = s->count; at-- > 0;) {
			struct place *place = &s->places[at];
			if (place->branch == NOT_REACHED)
				continue;
			uint16_t live = 0;
			if (!is_exit(&s->at[at]) && place->branch != ALWAYS)
				live |= live_before(s, behind(s, at));
			if (is_jump(&s->at[at]) && place->branch != NEVER)
				live |= live_before(s, target_of(s, at));
			news = news || live != place->live;
			place->live = live;
		}
	}
}

/* --- the shorter program */

static bool is_needed(const struct shrinker *s, uint32_t at)
{
	const struct bpf_insn *i = &s->at[at];
	const struct place *place = &s->places[at];

	if (place->branch == NOT_REACHED || place->branch == NEVER)
		return false;
	return !is_mere_value(i) || (place->live & register_bit(i->dst_reg));
}

/* The first instruction from there on that stays. */
static uint32_t first_kept(const struct shrinker *s, uint32_t at)
{
	while (at < s->count && !s->places[at].kept)
		at++;
	return at;
}

/* A jump to what follows anyway is none. From the end, so that what follows is known. */
static void choose(struct shrinker *s)
{
	for (uint32_t at = 0; at < s->count; at++)
		s->places[at].kept = is_needed(s, at);
	for (uint32_t at = s->count; at-- > 0;)
		if (s->places[at].branch == ALWAYS && target_of(s, at) > at &&
		    first_kept(s, target_of(s, at)) == first_kept(s, at + 1))
			s->places[at].kept = false;
	uint32_t to = 0;
	for (uint32_t at = 0; at <= s->count; at++) {
		s->places[at].moved_to = to;
		if (at < s->count && s->places[at].kept)
			to += is_wide(&s->at[at]) ? 2 : 1;
	}
}

static struct bpf_insn moved(const struct shrinker *s, uint32_t at)
{
	struct bpf_insn i = s->at[at];

	if (!is_jump(&i) && !is_own_call(&i))
		return i;
	int32_t distance = (int32_t)s->places[target_of(s, at)].moved_to - (int32_t)s->places[at].moved_to - 1;
	if (is_own_call(&i)) {
		i.imm = distance;
	} else if (s->places[at].branch == ALWAYS) {
		i = (struct bpf_insn){ .code = BPF_JMP | BPF_JA, .off = (int16_t)distance };
	} else {
		i.off = (int16_t)distance;
	}
	return i;
}

/* Jumps look at what they jump over, so all are made before any is put in its place. */
static int move_all(struct shrinker *s)
{
	uint32_t count = s->places[s->count].moved_to;
	struct bpf_insn *made = calloc(count + 1, sizeof *made);

	if (!made)
		return -ENOMEM;
	for (uint32_t at = 0; at < s->count; at = behind(s, at)) {
		if (!s->places[at].kept)
			continue;
		made[s->places[at].moved_to] = moved(s, at);
		if (is_wide(&s->at[at]))
			made[s->places[at].moved_to + 1] = s->at[at + 1];
	}
	memcpy(s->at, made, count * sizeof *made);
	free(made);
	s->count = count;
	return 0;
}

int program_shrink(struct bpf_insn *instructions, uint32_t *count, int32_t settings_map, const void *settings,
                   size_t bytes)
{
	struct shrinker s = { .at = instructions,
		              .count = *count,
		              .settings_map = settings_map,
		              .settings = settings,
		              .settings_bytes = bytes };

	if (*count == 0)
		return -EBADMSG;
	s.places = calloc(*count + 2, sizeof *s.places);
	int r = s.places ? follow_all(&s) : -ENOMEM;
	if (r == 0) {
		find_live(&s);
		choose(&s);
		r = move_all(&s);
	}
	if (r == 0)
		*count = s.count;
	free(s.places);
	free(s.states);
	free(s.waiting);
	return r;
}
