/* Cells that say where a process belongs: control groups, systemd, containers, supplementary groups, labels. */
#include "render/cgroup.h"
#include "render/text.h"
#include "tools/ps_cells.h"

static size_t put_part(const struct ps_row *row, unsigned field, bool (*part)(struct span lines, struct span *ret),
                       struct buffer *into)
{
	struct span lines, text = SPAN("-");

	if (view_text(row->view, row->at, field, &lines))
		part(lines, &text);
	return text_put(into, text, PS_PAGE_MOST);
}

static size_t put_systemd(const struct ps_row *row, unsigned field, enum cgroup_part part, struct buffer *into)
{
	struct span lines, text = SPAN("-");

	if (view_text(row->view, row->at, field, &lines))
		cgroup_part(lines, part, &text);
	return text_put(into, text, PS_PAGE_MOST);
}

static struct span joined_groups(const struct ps_row *row, unsigned field)
{
	struct span lines;

	buffer_clear(row->text);
	if (view_text(row->view, row->at, field, &lines))
		cgroup_joined(row->text, lines);
	if (!row->text->len)
		buffer_char(row->text, '-');
	return buffer_span(row->text);
}

CELL(cgroup)
{
	return text_put(into, joined_groups(row, field), room);
}

CELL(cgroup_name)
{
	struct span joined = joined_groups(row, field), named = joined;

	cgroup_named(joined, &named);
	return text_put(into, named, room);
}

CELL(docker)
{
	(void)room;
	return put_part(row, field, cgroup_docker, into);
}

CELL(container)
{
	(void)room;
	return put_part(row, field, cgroup_lxc, into);
}

CELL(slice)
{
	(void)room;
	return put_systemd(row, field, CGROUP_SLICE, into);
}

CELL(unit)
{
	(void)room;
	return put_systemd(row, field, CGROUP_UNIT, into);
}

CELL(user_unit)
{
	(void)room;
	return put_systemd(row, field, CGROUP_USER_UNIT, into);
}

CELL(session)
{
	(void)room;
	return put_systemd(row, field, CGROUP_SESSION, into);
}

CELL(owner)
{
	(void)room;
	return put_systemd(row, field, CGROUP_OWNER, into);
}

/* "4 24 27" as "4,24,27". */
CELL(groups)
{
	struct span rest, word;

	buffer_clear(row->text);
	if (view_text(row->view, row->at, field, &rest)) {
		while (span_word(&rest, &word)) {
			if (row->text->len)
				buffer_char(row->text, ',');
			buffer_add(row->text, word);
		}
	}
	if (!row->text->len)
		buffer_char(row->text, '-');
	return text_put(into, buffer_span(row->text), room);
}

CELL(label)
{
	struct span label = SPAN("-");

	(void)room;
	view_text(row->view, row->at, field, &label);
	return text_put(into, label, PS_PAGE_MOST);
}

static const char *const capabilities[] = {
	"chown",
	"dac_override",
	"dac_read_search",
	"fowner",
	"fsetid",
	"kill",
	"setgid",
	"setuid",
	"setpcap",
	"linux_immutable",
	"net_bind_service",
	"net_broadcast",
	"net_admin",
	"net_raw",
	"ipc_lock",
	"ipc_owner",
	"sys_module",
	"sys_rawio",
	"sys_chroot",
	"sys_ptrace",
	"sys_pacct",
	"sys_admin",
	"sys_boot",
	"sys_nice",
	"sys_resource",
	"sys_time",
	"sys_tty_config",
	"mknod",
	"lease",
	"audit_write",
	"audit_control",
	"setfcap",
	"mac_override",
	"mac_admin",
	"syslog",
	"wake_alarm",
	"block_suspend",
	"audit_read",
	"perfmon",
	"bpf",
	"checkpoint_restore",
};

/* The names of a mask of capabilities: "full", "-", or names with commas between. */
CELL(capabilities)
{
	enum { KNOWN = sizeof capabilities / sizeof *capabilities };
	uint64_t mask = (uint64_t)ps_number(row, field);
	size_t before = into->len;

	(void)room;
	if (mask == 0)
		return ps_put(into, "-");
	if (mask == (UINT64_C(1) << KNOWN) - 1)
		return ps_put(into, "full");
	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(mask >> bit & 1))
			continue;
		if (into->len > before)
			buffer_char(into, ',');
		if (bit < KNOWN)
			ps_put(into, capabilities[bit]);
		else
			buffer_format(into, "cap_%u", bit);
	}
	return into->len - before;
}
