/* The chosen experiments in turn, and what is said of each before, while and after it runs. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lab/lab.h"
#include "lab/words.h"

struct session {
	struct lab *lab;
	struct buffer out;
	bool json, first, failed;
};

/* Any key where there is a terminal, else a byte of the input; at its end there is no waiting. */
static void wait_for_key(void)
{
	struct termios old, raw;
	bool terminal = tcgetattr(STDIN_FILENO, &old) == 0;
	char key;

	if (terminal) {
		raw = old;
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
		tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	}
	while (read(STDIN_FILENO, &key, 1) < 0 && errno == EINTR)
		;
	if (terminal)
		tcsetattr(STDIN_FILENO, TCSANOW, &old);
}

static void changed(void *context, const struct trial *trial)
{
	(void)context;
	(void)trial;
}

static void step(void *context, const struct trial *trial)
{
	struct session *session = context;

	if (!session->json) {
		buffer_format(&session->out, "  %s %s\n", _("step     "), _(trial->step));
		say(session->lab->tool, &session->out);
	}
	if (session->lab->step)
		wait_for_key();
}

static int one(struct session *session, const struct experiment *e)
{
	const struct audience audience = { session, changed, step };
	struct result result;

	if (!session->json) {
		buffer_format(&session->out, "%s %s: %s\n", e->id, e->name, _(e->question));
		if (!catalogue_obstacle(session->lab, e))
			result_put_prediction(&session->out, e);
		say(session->lab->tool, &session->out);
	}
	int r = lab_run_one(session->lab, e, &audience, &result);
	if (r < 0)
		return complain(session->lab->tool, STATUS_NOT_POSSIBLE, _("%s cannot be started: %s"), e->id,
		                strerror(-r));
	session->failed |= result.judgement.verdict == FAIL;
	if (session->json) {
		buffer_text(&session->out, session->first ? "" : ",");
		result_put_json(&session->out, &result);
	} else {
		result_put(&session->out, &result);
		say(session->lab->tool, &session->out);
	}
	session->first = false;
	result_done(&result);
	return GO_ON;
}

int lab_run(struct lab *lab, char **words)
{
	struct session session = { .lab = lab, .json = lab->shared.data == DATA_JSON, .first = true };
	int status = GO_ON;

	if (session.json)
		buffer_text(&session.out, "{\"schema\":1,\"tool\":\"lab\",\"results\":[");
	for (size_t i = 0; status == GO_ON && i < lab->count; i++) {
		bool meant = false;
		for (char **word = words; *word; word++)
			meant |= catalogue_means(lab->experiments[i], *word);
		if (meant)
			status = one(&session, lab->experiments[i]);
	}
	if (session.json && status == GO_ON)
		buffer_text(&session.out, "]}\n");
	if (status == GO_ON)
		say(lab->tool, &session.out);
	buffer_done(&session.out);
	return status != GO_ON ? status : session.failed ? STATUS_FOUND : STATUS_OK;
}
