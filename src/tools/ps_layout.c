/* The formats that have a letter or a name: which columns they show, and how -c, -j, -L, -M, -T and -y change them. */
#include "tools/ps.h"

static const struct {
	const char *name, *columns;
} macros[] = {
	{ "DFMT", "pid,tname,state,cputime,cmd" },
	{ "DefBSD", "pid,tname,stat,bsdtime,args" },
	{ "DefSysV", "pid,tname,time,cmd" },
	{ "END_BSD", "state,tname,cputime,comm" },
	{ "END_SYS5", "state,tname,time,command" },
	{ "F5FMT", "uname,pid,ppid,c,start,tname,time,cmd" },
	{ "FB_", "pid,tt,stat,time,command" },
	{ "FB_j", "user,pid,ppid,pgid,sess,jobc,stat,tt,time,command" },
	{ "FB_l", "uid,pid,ppid,cpu,pri,nice,vsz,rss,wchan,stat,tt,time,command" },
	{ "FB_u", "user,pid,pcpu,pmem,vsz,rss,tt,stat,start,time,command" },
	{ "FB_v", "pid,stat,time,sl,re,pagein,vsz,rss,lim,tsiz,pcpu,pmem,command" },
	{ "FD_", "pid,tty,time,comm" },
	{ "FD_f", "user,pid,ppid,start_time,tty,time,comm" },
	{ "FD_fj", "user,pid,ppid,start_time,tty,time,pgid,sid,comm" },
	{ "FD_j", "pid,tty,time,pgid,sid,comm" },
	{ "FD_l", "flags,state,uid,pid,ppid,priority,nice,vsz,wchan,tty,time,comm" },
	{ "FD_lj", "flags,state,uid,pid,ppid,priority,nice,vsz,wchan,tty,time,pgid,sid,comm" },
	{ "FL5FMT", "f,state,uid,pid,ppid,pcpu,pri,nice,rss,wchan,start,time,command" },
	{ "FLASK_context", "pid,context,command" },
	{ "HP_", "pid,tty,time,comm" },
	{ "HP_f", "user,pid,ppid,cpu,stime,tty,time,args" },
	{ "HP_fl", "flags,state,user,pid,ppid,cpu,intpri,nice,addr,sz,wchan,stime,tty,time,args" },
	{ "HP_l", "flags,state,uid,pid,ppid,cpu,intpri,nice,addr,sz,wchan,tty,time,comm" },
	{ "J390", "pid,sid,pgrp,tname,atime,args" },
	{ "JFMT", "user,pid,ppid,pgid,sess,jobc,state,tname,cputime,command" },
	{ "L5FMT", "f,state,uid,pid,ppid,c,pri,nice,addr,sz,wchan,tt,time,ucmd" },
	{ "LFMT", "uid,pid,ppid,cp,pri,nice,vsz,rss,wchan,state,tname,cputime,command" },
	{ "OL_X", "pid,start_stack,esp,eip,timeout,alarm,stat,tname,bsdtime,args" },
	{ "OL_j", "ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args" },
	{ "OL_l", "flags,uid,pid,ppid,priority,nice,vsz,rss,wchan,stat,tname,bsdtime,args" },
	{ "OL_m", "pid,tname,majflt,minflt,m_trs,m_drs,m_size,m_swap,rss,m_share,vm_lib,m_dt,args" },
	{ "OL_s", "uid,pid,pending,sig_block,sig_ignore,caught,stat,tname,bsdtime,args" },
	{ "OL_u", "user,pid,pcpu,pmem,vsz,rss,tname,stat,start_time,bsdtime,args" },
	{ "OL_v", "pid,tname,stat,bsdtime,maj_flt,m_trs,m_drs,rss,pmem,args" },
	{ "RD_", "pid,tname,state,bsdtime,comm" },
	{ "RD_f", "uid,pid,ppid,start_time,tname,bsdtime,args" },
	{ "RD_fj", "uid,pid,ppid,start_time,tname,bsdtime,pgid,sid,args" },
	{ "RD_j", "pid,tname,state,bsdtime,pgid,sid,comm" },
	{ "RD_l", "flags,state,uid,pid,ppid,priority,nice,wchan,tname,bsdtime,comm" },
	{ "RD_lj", "flags,state,uid,pid,ppid,priority,nice,wchan,tname,bsdtime,pgid,sid,comm" },
	{ "RUSAGE", "minflt,majflt,nswap,inblock,oublock,msgsnd,msgrcv,nsigs,nvcsw,nivcsw" },
	{ "SCHED", "user,pcpu,pri,usrpri,nice,psxpri,psr,policy,pset" },
	{ "SFMT", "uid,pid,cursig,sig,sigmask,sigignore,sigcatch,stat,tname,command" },
	{ "Std_f", "uid_hack,pid,ppid,c,stime,tname,time,cmd" },
	{ "Std_fl", "f,s,uid_hack,pid,ppid,c,opri,ni,addr,sz,wchan,stime,tname,time,cmd" },
	{ "Std_l", "f,s,uid,pid,ppid,c,opri,ni,addr,sz,wchan,tname,time,ucmd" },
	{ "THREAD", "user,pcpu,pri,scnt,wchan,usertime,systime" },
	{ "UFMT", "uname,pid,pcpu,pmem,vsz,rss,tt,state,start,time,command" },
	{ "VFMT", "pid,tt,state,time,sl,pagein,vsz,rss,pcpu,pmem,command" },
};

const char *ps_macro(struct span name)
{
	for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
		if (span_is(name, macros[i].name))
			return macros[i].columns;
	return NULL;
}

static bool show(struct ps_request *request, const char *name)
{
	const struct ps_column *column = ps_column_find(span_of(name), &request->arena);

	return column && ps_show(request, column, NULL, 0);
}

struct step {
	bool when;
	const char *name;
};

static bool show_steps(struct ps_request *request, const struct step *steps, size_t count)
{
	static const struct ps_column colon = {
		.name = "", .header = ":", .width = 1, .fit = LITERAL, .order = UNSORTED
	};

	for (size_t i = 0; i < count; i++) {
		if (!steps[i].when)
			continue;
		if (steps[i].name[0] == ':' ? !ps_show(request, &colon, NULL, 0) : !show(request, steps[i].name))
			return false;
	}
	return true;
}

/* The Unix format, from left to right: what -f, -l, -F and the rest each put in. */
static const char *unix_layout(struct ps_request *request)
{
	const struct ps_personality *p = &request->personality;
	unsigned with = request->changes;
	bool f = request->formats & PS_UNIX_F, l = request->formats & PS_UNIX_L, bsd = request->prefer_bsd;
	bool lwp = request->thread_options & PS_THREADS_L, spid = request->thread_options & PS_THREADS_T;
	bool y = with & PS_WITH_Y, psr = with & PS_WITH_P, classes = with & PS_WITH_C, more = with & PS_WITH_F;

	const struct step steps[] = {
		{ with & PS_WITH_M, "label" },
		{ l && !y, "f" },
		{ l, "s" },
		{ f, p->sane_user ? "user" : "uid_hack" },
		{ l && !f, "uid" },
		{ true, "pid" },
		{ spid, "spid" },
		{ f || l, "ppid" },
		{ with & PS_WITH_J, "pgid" },
		{ with & PS_WITH_J, "sid" },
		{ lwp, "lwp" },
		{ psr, "psr" },
		{ (f || l) && !classes, "c" },
		{ lwp && f, "nlwp" },
		{ classes, "class" },
		{ classes, "pri" },
		{ l && !classes, p->irix_l ? "priority" : "opri" },
		{ l && !classes, "ni" },
		{ l, y                          ? "rss" :
		     p->no_address || p->irix_l ? "sgi_p" :
		                                  "addr_1" },
		{ l || more, "sz" },
		{ l && !y && p->irix_l, ":" },
		{ l && !y && p->irix_l, "sgi_rss" },
		{ l, "wchan" },
		{ more && !(l && y), "rss" },
		{ more && !psr, "psr" },
		{ f, "stime" },
		{ true, "tname" },
		{ bsd && !l, "stat" },
		{ true, bsd ? "bsdtime" : "time" },
		{ true, bsd ? request->formats ? "cmd" : "args" :
		        f   ? "cmd" :
		              "ucmd" },
	};

	if (y && !l)
		return "modifier -y without format -l makes no sense";
	return show_steps(request, steps, sizeof steps / sizeof *steps) ? NULL : "out of memory";
}

static size_t place_of(const struct ps_request *request, const char *header)
{
	for (size_t i = 0; i < request->shown_count; i++)
		if (!strcmp(request->shown[i].column.header, header))
			return i;
	return SIZE_MAX;
}

/* Puts a column behind the one under `header`; false when that is not shown. */
static bool put_behind(struct ps_request *request, const char *header, const char *name)
{
	size_t at = place_of(request, header), last = request->shown_count;

	if (at == SIZE_MAX || !show(request, name))
		return false;
	struct ps_shown put = request->shown[last];
	memmove(request->shown + at + 2, request->shown + at + 1, (last - at - 1) * sizeof put);
	request->shown[at + 1] = put;
	return true;
}

static void leave_out(struct ps_request *request, const char *header)
{
	size_t at = place_of(request, header);

	if (at == SIZE_MAX)
		return;
	request->shown_count--;
	memmove(request->shown + at, request->shown + at + 1, (request->shown_count - at) * sizeof *request->shown);
}

static void replace(struct ps_request *request, const char *header, const char *name)
{
	if (put_behind(request, header, name))
		leave_out(request, header);
}

static const char *change_classes(struct ps_request *request)
{
	static const char *const gone[] = { "%CPU", "CPU", "CP", "C", "NI" };

	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
		leave_out(request, gone[i]);
	if (!put_behind(request, "PRI", "class"))
		return "internal error: no PRI for -c option";
	leave_out(request, "PRI");
	return put_behind(request, "CLS", "pri") ? NULL : "lost my CLS";
}

static const char *change_threads(struct ps_request *request)
{
	static const char *const places[] = { "SID", "SESS", "PGID", "PGRP", "PPID", "PID" };
	bool needed = request->threads != PS_EACH_THREAD, put = false;

	if ((request->thread_options & PS_THREADS_T) && !put_behind(request, "PID", "spid") && needed)
		return "-T with H/-m/m but no PID for SPID to follow";
	if (!(request->thread_options & PS_THREADS_L))
		return NULL;
	for (size_t i = 0; !put && i < sizeof places / sizeof *places; i++)
		put = put_behind(request, places[i], "lwp");
	if (!put && needed)
		return "-L with H/-m/m but no PID/PGID/SID/SESS for NLWP to follow";
	put_behind(request, "%CPU", "nlwp");
	return NULL;
}

/* What the other options change in a format that is a list of columns. */
static const char *change(struct ps_request *request)
{
	const struct ps_personality *p = &request->personality;
	const char *error = NULL;

	if (request->changes & PS_WITH_J) {
		if (!put_behind(request, "PPID", "pgid") && !put_behind(request, "PID", "pgid"))
			return "internal error: no PID or PPID for -j option";
		if (!put_behind(request, "PGID", "sid"))
			return "lost my PGID";
	}
	if (request->changes & PS_WITH_Y) {
		leave_out(request, "F");
		replace(request, "ADDR", "rss");
	}
	if (request->changes & PS_WITH_C)
		error = change_classes(request);
	if (!error)
		error = change_threads(request);
	if (!error && (request->changes & PS_WITH_M)) {
		if (!show(request, "label"))
			return "out of memory";
		struct ps_shown label = request->shown[request->shown_count - 1];
		memmove(request->shown + 1, request->shown, (request->shown_count - 1) * sizeof label);
		request->shown[0] = label;
	}
	if (!error && p->no_address && (request->formats & PS_UNIX_L))
		replace(request, "ADDR", "sgi_p");
	if (!error && p->sane_user && (request->formats & PS_UNIX_F))
		replace(request, "UID", "user");
	return error;
}

/* The macro for a set of format letters; NULL: the Unix layout. False when they do not go together. */
static bool macro_of(const struct ps_request *request, const char **ret)
{
	const struct ps_personality *p = &request->personality;
	const struct {
		unsigned formats;
		const char *macro;
	} macros_of[] = {
		{ 0, NULL },
		{ PS_UNIX_F | PS_UNIX_L, p->unix_fl },
		{ PS_UNIX_F, p->unix_f },
		{ PS_UNIX_L, p->unix_l },
		{ PS_UNIX_J, p->unix_j },
		{ PS_UNIX_J | PS_UNIX_L, "RD_lj" },
		{ PS_UNIX_J | PS_UNIX_F, "RD_fj" },
		{ PS_BSD_J, p->bsd_j },
		{ PS_BSD_L, p->bsd_l },
		{ PS_BSD_S, p->bsd_s },
		{ PS_BSD_U, p->bsd_u },
		{ PS_BSD_V, p->bsd_v },
		{ PS_OLD_X, "OL_X" },
		{ PS_OLD_M, "OL_m" },
		{ PS_CONTEXT, "FLASK_context" },
	};

	for (size_t i = 0; i < sizeof macros_of / sizeof *macros_of; i++) {
		if (macros_of[i].formats != request->formats)
			continue;
		*ret = macros_of[i].macro;
		return true;
	}
	return false;
}

const char *ps_layout(struct ps_request *request)
{
	struct span rest, name;
	const char *macro;

	if (!macro_of(request, &macro))
		return "conflicting format options";
	if (!macro)
		return unix_layout(request);
	for (rest = span_of(ps_macro(span_of(macro))); rest.len;) {
		if (!span_until(&rest, ',', &name)) {
			name = rest;
			rest.len = 0;
		}
		const struct ps_column *column = ps_column_find(name, &request->arena);
		if (!column || !ps_show(request, column, NULL, 0))
			return "out of memory";
	}
	return change(request);
}
