/* What the handles of vires.h are made of. */
#ifndef LIB_HANDLES_H
#define LIB_HANDLES_H

#include "model/source.h"
#include "model/view.h"
#include "vires.h"

enum { TABLES = VIRES_SWAP + 1 };

struct vires_source {
	struct source *source;
	struct watch watch; /* of the snapshots that asked for growth */
};

struct vires_request {
	struct request request;
	int64_t *pids; /* owned; request.pids points here */
	bool growth;
};

struct vires_snapshot {
	struct snapshot data;
	struct view view; /* of data, and of the one it is compared with */
	struct watch watch;
	struct field_set asked[TABLES];
};

/* NULL when there is no such table or field. */
const struct field *lib_field(enum vires_table table, int id);

#endif
