/* The chosen experiments in turn, and what is said of each before, while and after it runs. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "lab/face.h"
#include "lab/lab.h"
#include "lab/report.h"
#include "lab/words.h"

struct session {
	struct lab *lab;
	struct face face;
	struct buffer json;
	bool as_json, first, failed;
	bool pictures;          /* also when it is over */
	struct result *results; /* owned: kept for the SVG picture */
	size_t result_count;
	struct page report;
};

/*
 * Any key where there is a terminal, else a byte of the input; at its end there is no waiting. Ctrl+c is read as a key,
 * too, so that the terminal is itself again when it ends us.
 */
static void wait_for_key(void)
{
	enum { CTRL_C = 3 };
	struct termios old, raw;
	bool terminal = tcgetattr(STDIN_FILENO, &old) == 0;
	char key = 0;

	if (terminal) {
		raw = old;
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
		tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	}
	while (read(STDIN_FILENO, &key, 1) < 0 && errno == EINTR)
		;
	if (terminal)
		tcsetattr(STDIN_FILENO, TCSANOW, &old);
	if (terminal && key == CTRL_C)
		raise(SIGINT);
}

static void measured(void *context, const struct trial *trial, int64_t pid)
{
	struct session *session = context;

	(void)trial;
	if (session->pictures || session->face.live || session->lab->report)
		lines_look(session->face.lines, session->lab->source, pid);
}

static void changed(void *context, const struct trial *trial)
{
	struct session *session = context;

	face_draw(&session->face, trial, false);
}

static void step(void *context, const struct trial *trial)
{
	struct session *session = context;

	if (session->face.live)
		face_draw(&session->face, trial, true);
	else if (!session->as_json) {
		buffer_format(&session->face.out, "  %s %s\n", _("step     "), _(trial->step));
		say(session->lab->tool, &session->face.out);
	}
	if (session->lab->step)
		wait_for_key();
}

/* Keeps it where it will be wanted, or gives it up. */
static void put_away(struct session *session, struct result *result)
{
	struct result *more =
		session->lab->svg ? reallocarray(session->results, session->result_count + 1, sizeof *more) : NULL;

	if (more) {
		session->results = more;
		more[session->result_count++] = *result;
	} else {
		result_done(result);
	}
}

static void add_to_report(struct session *session, const struct result *result)
{
	enum { COLUMNS = 108, LINES = 8 };
	struct buffer lines = { 0 };

	lines_put(&lines, session->face.lines, &result->trial, COLUMNS, LINES);
	report_add(&session->report, result, buffer_span(&lines));
	buffer_done(&lines);
}

/* What came out goes where it is wanted later: JSON, report, picture. */
static void book(struct session *session, struct result *result)
{
	session->failed |= result->judgement.verdict == FAIL;
	if (session->as_json) {
		buffer_text(&session->json, session->first ? "" : ",");
		result_put_json(&session->json, result);
	}
	if (session->lab->report)
		add_to_report(session, result);
	session->first = false;
	put_away(session, result);
}

static int one(struct session *session, const struct experiment *e)
{
	const struct audience audience = { session, measured, changed, step };
	const bool allowed = !catalogue_obstacle(session->lab, e);
	struct face *face = &session->face;
	struct result result;

	lines_forget(face->lines);
	if (!session->as_json && !face->live) {
		face_put_title(face, e, allowed);
		say(session->lab->tool, &face->out);
	}
	int r = lab_run_one(session->lab, e, lines_request(face->lines), &audience, &result);
	face_clear(face);
	if (r < 0)
		return complain(session->lab->tool, STATUS_NOT_POSSIBLE, _("%s cannot be started: %s"), e->id,
		                strerror(-r));
	if (!session->as_json) {
		if (face->live)
			face_put_title(face, e, allowed);
		face_put_result(face, &result, session->pictures);
		say(session->lab->tool, &face->out);
	}
	book(session, &result);
	return GO_ON;
}

/* One of two at once: which of them, and what is known of the other. */
struct side {
	struct session *session;
	const struct trial **trials;
	int n;
};

static void side_measured(void *context, const struct trial *trial, int64_t pid)
{
	(void)context;
	(void)trial;
	(void)pid;
}

static void side_changed(void *context, const struct trial *trial)
{
	struct side *side = context;

	side->trials[side->n] = trial;
	if (side->trials[0] && side->trials[1])
		face_draw_pair(&side->session->face, side->trials, false);
}

/* Two side by side: exact ones, that need no second try. */
static int two(struct session *session, const struct experiment *const pair[2])
{
	const struct trial *trials[2] = { NULL, NULL };
	struct side sides[2] = { { session, trials, 0 }, { session, trials, 1 } };
	const struct audience audiences[2] = { { &sides[0], side_measured, side_changed, side_changed },
		                               { &sides[1], side_measured, side_changed, side_changed } };
	struct face *face = &session->face;
	struct result results[2];

	lines_forget(face->lines);
	for (int i = 0; i < 2 && !session->as_json; i++)
		face_put_title(face, pair[i], true);
	if (!session->as_json)
		say(session->lab->tool, &face->out);
	int r = lab_run_pair(session->lab, pair, lines_request(face->lines), audiences, results);
	face_clear(face);
	if (r < 0)
		return complain(session->lab->tool, STATUS_NOT_POSSIBLE, _("%s cannot be started: %s"), pair[0]->id,
		                strerror(-r));
	if (!session->as_json && session->pictures) {
		trials[0] = &results[0].trial;
		trials[1] = &results[1].trial;
		face_put_pair(face, trials, results);
		buffer_char(&face->out, '\n');
	}
	for (int i = 0; i < 2; i++) {
		if (!session->as_json && !session->pictures) {
			face_put_title(face, pair[i], false);
			face_put_result(face, &results[i], false);
		}
		book(session, &results[i]);
	}
	if (!session->as_json)
		say(session->lab->tool, &face->out);
	return GO_ON;
}

static int save(struct session *session, const char *path, struct buffer *text)
{
	int r = text->failed ? -ENOMEM : file_save(path, 0666, buffer_span(text));

	buffer_done(text);
	return r < 0 ? complain(session->lab->tool, STATUS_NOT_POSSIBLE, "%s: %s", path, strerror(-r)) : GO_ON;
}

static int save_all(struct session *session)
{
	struct buffer svg = { 0 }, page = { 0 };
	int status = GO_ON;

	if (session->lab->svg) {
		face_put_svg(&svg, session->results, session->result_count);
		status = save(session, session->lab->svg, &svg);
	}
	if (session->lab->report && status == GO_ON) {
		report_put(&page, &session->report, session->lab->source);
		status = save(session, session->lab->report, &page);
	}
	return status;
}

static bool is_chosen(const struct experiment *experiment, char **words)
{
	bool chosen = false;

	for (; *words; words++)
		chosen |= catalogue_means(experiment, *words);
	return chosen;
}

/* The next experiment, when it runs side by side with this one and both are chosen; NULL otherwise. */
static const struct experiment *other_of(const struct lab *lab, size_t n, char **words)
{
	const struct experiment *this = lab->experiments[n];
	const struct experiment *next = n + 1 < lab->count ? lab->experiments[n + 1] : NULL;

	if (!next || !this->beside || strcmp(this->beside, next->id) != 0 || lab->step)
		return NULL;
	return is_chosen(this, words) && is_chosen(next, words) && !catalogue_obstacle(lab, this) &&
	                       !catalogue_obstacle(lab, next) ?
	               next :
	               NULL;
}

static void end(struct session *session)
{
	for (size_t i = 0; i < session->result_count; i++)
		result_done(&session->results[i]);
	free(session->results);
	buffer_done(&session->json);
	report_done(&session->report);
	face_done(&session->face);
}

int lab_run(struct lab *lab, char **words)
{
	enum { FEW = 4 };
	struct session session = {
		.lab = lab, .as_json = lab->shared.data == DATA_JSON, .first = true, .report.theme = -1
	};
	size_t chosen = 0;
	int status = GO_ON;

	if (face_init(&session.face, lab->tool, !session.as_json) < 0)
		return complain(lab->tool, STATUS_NOT_POSSIBLE, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < lab->count; i++)
		chosen += is_chosen(lab->experiments[i], words);
	session.pictures = chosen <= FEW;
	if (session.as_json)
		buffer_text(&session.json, "{\"schema\":1,\"tool\":\"lab\",\"results\":[");
	for (size_t i = 0; status == GO_ON && i < lab->count; i++) {
		const struct experiment *const pair[2] = { lab->experiments[i], other_of(lab, i, words) };
		if (pair[1])
			status = two(&session, pair);
		else if (is_chosen(pair[0], words))
			status = one(&session, pair[0]);
		i += pair[1] != NULL;
	}
	if (status == GO_ON)
		status = save_all(&session);
	if (session.as_json && status == GO_ON) {
		buffer_text(&session.json, "]}\n");
		say(lab->tool, &session.json);
	}
	end(&session);
	return status != GO_ON ? status : session.failed ? STATUS_FOUND : STATUS_OK;
}
