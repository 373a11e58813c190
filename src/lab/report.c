#include "lab/report.h"

#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "lab/paint.h"
#include "lab/words.h"
#include "model/derive.h"
#include "render/number.h"
#include "render/svg.h"

static const char style[] =
	":root{color-scheme:light dark}"
	"body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
	"h1{font-size:1.8rem;margin-bottom:0}h2{margin-top:3rem;border-bottom:1px solid #8888}h3{margin:2.5rem 0 .3rem}"
	".q{font-style:italic;margin:.2rem 0 .6rem}figure{margin:1rem 0;background:#fff;padding:.6rem;overflow-x:auto}"
	"svg{max-width:100%;height:auto;display:block}"
	"pre{background:#8881;padding:.6rem;overflow-x:auto;font-size:.8rem;line-height:1.3}"
	"table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;padding:.25rem .6rem .25rem 0;"
	"border-bottom:1px solid #8884;vertical-align:top}td.n{white-space:nowrap;text-align:right}"
	".v{font-size:.75rem;font-weight:bold;padding:.15rem .5rem;border-radius:.3rem;color:#fff;background:#666;"
	"vertical-align:middle}.PASS{background:#00795a}.FAIL{background:#b5400a}.OBSERVED{background:#0072b2}"
	".INCONCLUSIVE{background:#946200}nav li{margin:.1rem 0}nav a{text-decoration:none}.m{color:#777}";

static void put_element(struct buffer *buffer, const char *name, const char *text)
{
	buffer_format(buffer, "<%s>", name);
	svg_text(buffer, span_of(text));
	buffer_format(buffer, "</%.*s>\n", (int)strcspn(name, " "), name);
}

static void put_verdict(struct buffer *buffer, enum verdict verdict)
{
	buffer_format(buffer, "<span class=\"v %s\">%s</span>", verdict_name(verdict), verdict_name(verdict));
}

static void put_finding(struct buffer *buffer, const struct finding_of_claim *finding)
{
	struct buffer number = { 0 };

	if (finding->known)
		result_put_number(&number, claim_unit(finding->claim), finding->measured);
	else
		buffer_text(&number, _("unknown"));
	buffer_text(buffer, "<tr>");
	put_element(buffer, "td", _(finding->claim->says));
	put_element(buffer, "td", _(finding->claim->prediction));
	put_element(buffer, "td class=\"n\"", buffer_cstr(&number));
	put_element(buffer, "td", finding->claim->observed ? _("observed") : finding->holds ? "✓" : "✗");
	buffer_text(buffer, "</tr>\n");
	buffer_done(&number);
}

/* Text with its lines kept. */
static void put_lines(struct buffer *buffer, struct span text)
{
	struct span line;

	while (span_line(&text, &line)) {
		svg_text(buffer, line);
		buffer_char(buffer, '\n');
	}
}

static void put_findings(struct buffer *buffer, const struct judgement *judgement)
{
	buffer_text(buffer, "<table><thead><tr>");
	put_element(buffer, "th", _("Claim"));
	put_element(buffer, "th", _("Predicted"));
	put_element(buffer, "th", _("Measured"));
	buffer_text(buffer, "<th></th></tr></thead><tbody>\n");
	for (size_t i = 0; i < judgement->claim_count; i++)
		put_finding(buffer, &judgement->claims[i]);
	buffer_text(buffer, "</tbody></table>\n");
}

static void put_program(struct buffer *buffer, const struct experiment *experiment)
{
	struct buffer source = { 0 };

	show_put_source(&source, experiment);
	buffer_text(buffer, "<details>");
	put_element(buffer, "summary", _("The program"));
	buffer_text(buffer, "<pre>");
	put_lines(buffer, buffer_span(&source));
	buffer_text(buffer, "</pre>");
	buffer_text(buffer, "</details>\n");
	buffer_done(&source);
}

/* A heading for each theme, in the list and in the page. */
static void turn_to(struct page *report, enum lab_theme theme)
{
	if (report->theme == (int)theme)
		return;
	if (report->theme >= 0)
		buffer_text(&report->list, "</ul>\n");
	put_element(&report->list, "b", theme_heading(theme));
	buffer_text(&report->list, "<ul>\n");
	put_element(&report->body, "h2", theme_heading(theme));
	report->theme = (int)theme;
}

static void put_in_list(struct page *report, const struct result *result)
{
	const struct experiment *e = result->experiment;

	buffer_format(&report->list, "<li><a href=\"#%s\">%s ", e->id, e->id);
	svg_text(&report->list, span_of(_(e->question)));
	buffer_text(&report->list, "</a> ");
	put_verdict(&report->list, result->judgement.verdict);
	buffer_text(&report->list, "</li>\n");
}

void report_add(struct page *report, const struct result *result, struct span lines)
{
	enum { COLUMNS = 96 };
	const struct experiment *e = result->experiment;
	const struct judgement *judgement = &result->judgement;
	struct buffer *body = &report->body;

	turn_to(report, e->theme);
	put_in_list(report, result);
	report->verdicts[judgement->verdict]++;
	buffer_format(body, "<section id=\"%s\"><h3>%s ", e->id, e->id);
	svg_text(body, span_of(e->name));
	buffer_char(body, ' ');
	put_verdict(body, judgement->verdict);
	buffer_text(body, "</h3>\n");
	put_element(body, "p class=\"q\"", _(e->question));
	put_element(body, "p", _(e->theory));
	if (judgement->reason[0])
		put_element(body, "p class=\"m\"", _(judgement->reason));
	if (judgement->verdict != SKIP) {
		buffer_text(body, "<figure>");
		face_put_picture_svg(body, &result->trial, COLUMNS);
		put_element(body, "figcaption class=\"m\"", _(e->watch));
		buffer_text(body, "</figure>\n");
		if (lines.len) {
			buffer_text(body, "<pre>");
			put_lines(body, lines);
			buffer_text(body, "</pre>\n");
		}
		if (judgement->claim_count)
			put_findings(body, judgement);
	}
	put_program(body, e);
	buffer_text(body, "</section>\n");
}

/* "Linux 6.18 on host, 2 CPUs, 23.5 GiB RAM, 2026-11-21 18:00" */
static void put_machine(struct buffer *buffer, struct source *source)
{
	struct request request = { 0 };
	struct snapshot snapshot;
	struct utsname names;
	time_t now = time(NULL);
	struct tm tm;
	char day[64];
	int64_t bytes;

	buffer_text(buffer, "<p class=\"m\">");
	if (uname(&names) == 0) {
		struct buffer text = { 0 };
		buffer_format(&text, "%s %s %s, %s", names.sysname, names.release, names.machine, names.nodename);
		svg_text(buffer, buffer_span(&text));
		buffer_done(&text);
	}
	buffer_format(buffer, ", %ld CPUs", sysconf(_SC_NPROCESSORS_ONLN));
	request_machine(&request, MACHINE_mem_total_bytes);
	if (source_take(source, &request, &snapshot) == 0) {
		if (machine_number(&snapshot.machine, MACHINE_mem_total_bytes, &bytes)) {
			buffer_text(buffer, ", ");
			number_human(buffer, bytes, false);
			buffer_text(buffer, " RAM");
		}
		snapshot_done(&snapshot);
	}
	if (localtime_r(&now, &tm) && strftime(day, sizeof day, ", %Y-%m-%d %H:%M", &tm) > 0)
		buffer_text(buffer, day);
	buffer_text(buffer, "</p>\n");
}

void report_put(struct buffer *buffer, const struct page *report, struct source *source)
{
	buffer_format(buffer, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">", words_language());
	buffer_text(buffer, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
	put_element(buffer, "title", _("The textbook, run on this kernel"));
	buffer_format(buffer, "<style>%s</style></head><body>\n", style);
	put_element(buffer, "h1", _("The textbook, run on this kernel"));
	put_machine(buffer, source);
	buffer_text(buffer, "<p>");
	for (int verdict = PASS; verdict <= INCONCLUSIVE; verdict++) {
		if (report->verdicts[verdict] == 0)
			continue;
		put_verdict(buffer, (enum verdict)verdict);
		buffer_format(buffer, " %zu &nbsp; ", report->verdicts[verdict]);
	}
	buffer_text(buffer, "</p>\n<nav>\n");
	buffer_add(buffer, buffer_span(&report->list));
	buffer_text(buffer, report->theme >= 0 ? "</ul></nav>\n" : "</nav>\n");
	buffer_add(buffer, buffer_span(&report->body));
	buffer_text(buffer, "</body></html>\n");
	buffer->failed |= report->list.failed || report->body.failed;
}

void report_done(struct page *report)
{
	buffer_done(&report->list);
	buffer_done(&report->body);
}
