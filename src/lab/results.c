/* What came out of an experiment, as text and JSON. */
#include "base/time.h"
#include "lab/lab.h"
#include "lab/words.h"
#include "render/number.h"

/* With commas between thousands. */
static void put_grouped(struct buffer *buffer, int64_t value)
{
	struct buffer digits = { 0 };

	buffer_i64(&digits, value, 0);
	size_t sign = value < 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (i > sign && (digits.len - i) % 3 == 0)
			buffer_char(buffer, ',');
		buffer_char(buffer, digits.at[i]);
	}
	buffer_done(&digits);
}

void result_put_number(struct buffer *buffer, enum unit unit, int64_t value)
{
	switch (unit) {
	case BYTES:
		if (value % 1024 == 0) {
			put_grouped(buffer, value / 1024);
			buffer_text(buffer, " kB");
		} else {
			put_grouped(buffer, value);
			buffer_text(buffer, " B");
		}
		return;
	case NANOSECONDS:
		if (value > -1000000 && value < 1000000) {
			number_fixed(buffer, value, 3);
			buffer_text(buffer, " us");
			return;
		}
		number_fixed(buffer, value / 1000, 3);
		buffer_text(buffer, " ms");
		return;
	case LETTER:
		buffer_char(buffer, value > ' ' && value < 127 ? (char)value : '?');
		return;
	case MASK:
		buffer_text(buffer, "0x");
		buffer_hex(buffer, (uint64_t)value, 1);
		return;
	default:
		if (unit_decimals(unit))
			number_fixed(buffer, value, unit_decimals(unit));
		else
			put_grouped(buffer, value);
		if (unit_name(unit)[0])
			buffer_format(buffer, " %s", unit_name(unit));
	}
}

void result_put_prediction(struct buffer *buffer, const struct experiment *experiment)
{
	for (size_t i = 0; i < experiment->claim_count; i++) {
		const struct claim *claim = &experiment->claims[i];
		buffer_format(buffer, "  %s %s: %s\n", claim->observed ? _("observed ") : _("predicted"),
		              _(claim->says), _(claim->prediction));
	}
}

static void put_finding(struct buffer *buffer, const struct finding_of_claim *finding)
{
	buffer_format(buffer, "  %s %s ", _("measured "),
	              !finding->known          ? "--" :
	              finding->claim->observed ? "  " :
	              finding->holds           ? "ok" :
	                                         "NO");
	if (finding->known)
		result_put_number(buffer, claim_unit(finding->claim), finding->measured);
	else
		buffer_text(buffer, _("unknown"));
	buffer_format(buffer, "   %s\n", _(finding->claim->says));
}

void result_put(struct buffer *buffer, const struct result *result)
{
	const struct judgement *judgement = &result->judgement;

	for (size_t i = 0; judgement->verdict != SKIP && i < judgement->claim_count; i++)
		put_finding(buffer, &judgement->claims[i]);
	buffer_format(buffer, "%s%s%s", verdict_name(judgement->verdict), judgement->reason[0] ? ": " : "",
	              _(judgement->reason));
	if (result->elapsed_ns) {
		buffer_text(buffer, "   ");
		number_fixed(buffer, result->elapsed_ns / (NS_PER_S / 100), 2);
		buffer_text(buffer, " s");
	}
	buffer_text(buffer, "\n\n");
}

static void put_number_json(struct buffer *buffer, const struct finding_of_claim *finding)
{
	if (finding->known)
		number_fixed(buffer, finding->measured, unit_decimals(claim_unit(finding->claim)));
	else
		buffer_text(buffer, "null");
}

static void put_claims_json(struct buffer *buffer, const struct judgement *judgement)
{
	buffer_text(buffer, ",\"predicted\":[");
	for (size_t i = 0; i < judgement->claim_count; i++) {
		buffer_text(buffer, i ? "," : "");
		data_json_text(buffer, span_of(_(judgement->claims[i].claim->prediction)));
	}
	buffer_text(buffer, "],\"measured\":[");
	for (size_t i = 0; i < judgement->claim_count; i++) {
		buffer_text(buffer, i ? "," : "");
		put_number_json(buffer, &judgement->claims[i]);
	}
	buffer_text(buffer, "],\"claims\":[");
	for (size_t i = 0; i < judgement->claim_count; i++) {
		const struct finding_of_claim *finding = &judgement->claims[i];
		buffer_text(buffer, i ? ",{\"says\":" : "{\"says\":");
		data_json_text(buffer, span_of(_(finding->claim->says)));
		buffer_text(buffer, ",\"predicted\":");
		data_json_text(buffer, span_of(_(finding->claim->prediction)));
		buffer_text(buffer, ",\"measured\":");
		put_number_json(buffer, finding);
		buffer_format(buffer, ",\"unit\":\"%s\",\"observed\":%s,\"holds\":%s}",
		              unit_name(claim_unit(finding->claim)), finding->claim->observed ? "true" : "false",
		              finding->holds ? "true" : "false");
	}
	buffer_char(buffer, ']');
}

void result_put_json(struct buffer *buffer, const struct result *result)
{
	const struct experiment *e = result->experiment;

	buffer_format(buffer, "{\"id\":\"%s\",\"name\":\"%s\",\"theme\":\"%s\",\"verdict\":\"%s\",\"seconds\":", e->id,
	              e->name, theme_name(e->theme), verdict_name(result->judgement.verdict));
	number_fixed(buffer, result->elapsed_ns / 1000000, 3);
	buffer_text(buffer, ",\"reason\":");
	data_json_text(buffer, span_of(_(result->judgement.reason)));
	put_claims_json(buffer, &result->judgement);
	buffer_char(buffer, '}');
}

void result_done(struct result *result)
{
	trial_done(&result->trial);
}
