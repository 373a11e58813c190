#include "tools/complete.h"

/* Texts stand in single quotes there: a quote ends them, is quoted itself, and begins them again. */
static void quoted(struct buffer *buffer, const char *text, const char *also)
{
	buffer_char(buffer, '\'');
	for (; *text; text++) {
		if (*text == '\'') {
			buffer_text(buffer, "'\\''");
			continue;
		}
		if (strchr(also, *text))
			buffer_char(buffer, '\\');
		buffer_char(buffer, *text);
	}
	buffer_char(buffer, '\'');
}

static void bash_words(struct buffer *buffer, const struct tool *tool)
{
	for (size_t i = 0; i < tool->option_count; i++) {
		const struct option_row *row = &tool->options[i];
		if (row->letter && row->help)
			buffer_format(buffer, " -%c", row->letter);
		if (row->name && row->help)
			buffer_format(buffer, " --%s", row->name);
	}
}

static void bash(struct buffer *buffer, const struct tool *const *tools, size_t count)
{
	buffer_text(buffer, "# bash completion for vires\n_vires() {\n"
	                    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} words\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < count; i++) {
		buffer_format(buffer, "\t%s) words='", tools[i]->name);
		bash_words(buffer, tools[i]);
		buffer_text(buffer, "' ;;\n");
	}
	buffer_text(buffer, "\tesac\n\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\twords='--help --version");
	for (size_t i = 0; i < count; i++)
		buffer_format(buffer, " %s", tools[i]->name);
	buffer_text(buffer, "'\n\telif [[ $cur != -* ]]; then\n\t\treturn\n\tfi\n"
	                    "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n"
	                    "complete -o default -F _vires vires\n");
}

static void zsh_option(struct buffer *buffer, const struct option_row *row, bool long_form)
{
	struct buffer text = { 0 };

	if (long_form)
		buffer_format(&text, "--%s%s", row->name,
		              row->value == TAKES    ? "=" :
		              row->value == MAY_TAKE ? "=-" :
		                                       "");
	else
		buffer_format(&text, "-%c%s", row->letter,
		              row->value == MAY_TAKE ? "-" :
		              row->value == TAKES    ? "+" :
		                                       "");
	buffer_text(buffer, " \\\n\t\t\t");
	buffer_format(&text, "[%s]", row->help);
	if (row->value != ALONE)
		buffer_format(&text, ":%s:", row->argument ? row->argument : "value");
	quoted(buffer, buffer_cstr(&text), "");
	buffer_done(&text);
}

static void zsh(struct buffer *buffer, const struct tool *const *tools, size_t count)
{
	buffer_text(buffer, "#compdef vires\n_vires() {\n\tlocal -a tools\n\ttools=(\n");
	for (size_t i = 0; i < count; i++) {
		struct buffer text = { 0 };
		buffer_format(&text, "%s:%s", tools[i]->name, tools[i]->summary);
		buffer_text(buffer, "\t\t");
		quoted(buffer, buffer_cstr(&text), "");
		buffer_char(buffer, '\n');
		buffer_done(&text);
	}
	buffer_text(buffer, "\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command tools\n\t\treturn\n\tfi\n"
	                    "\tlocal tool=$words[2]\n\t(( CURRENT-- ))\n\tshift words\n\tcase $tool in\n");
	for (size_t i = 0; i < count; i++) {
		buffer_format(buffer, "\t%s)\n\t\t_arguments -s", tools[i]->name);
		for (size_t k = 0; k < tools[i]->option_count; k++) {
			const struct option_row *row = &tools[i]->options[k];
			if (row->letter && row->help)
				zsh_option(buffer, row, false);
			if (row->name && row->help)
				zsh_option(buffer, row, true);
		}
		buffer_text(buffer, " \\\n\t\t\t'*:file:_files' ;;\n");
	}
	buffer_text(buffer, "\tesac\n}\n_vires \"$@\"\n");
}

static void fish(struct buffer *buffer, const struct tool *const *tools, size_t count)
{
	buffer_text(buffer, "# fish completion for vires\n");
	for (size_t i = 0; i < count; i++) {
		buffer_format(buffer, "complete -c vires -n __fish_use_subcommand -a %s -d ", tools[i]->name);
		quoted(buffer, tools[i]->summary, "\\");
		buffer_char(buffer, '\n');
		for (size_t k = 0; k < tools[i]->option_count; k++) {
			const struct option_row *row = &tools[i]->options[k];
			if (!row->help)
				continue;
			buffer_format(buffer, "complete -c vires -n '__fish_seen_subcommand_from %s'", tools[i]->name);
			if (row->letter)
				buffer_format(buffer, " -s %c", row->letter);
			if (row->name)
				buffer_format(buffer, " -l %s", row->name);
			buffer_text(buffer, row->value == TAKES ? " -r -d " : " -d ");
			quoted(buffer, row->help, "\\");
			buffer_char(buffer, '\n');
		}
	}
}

bool complete_script(struct buffer *buffer, const char *shell, const struct tool *const *tools, size_t count)
{
	static const struct {
		const char *shell;
		void (*write)(struct buffer *buffer, const struct tool *const *tools, size_t count);
	} writers[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

	for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
		if (!strcmp(shell, writers[i].shell)) {
			writers[i].write(buffer, tools, count);
			return true;
		}
	return false;
}
