// Embeds the files of sql/, so that the binary carries what the folder shows.
#include "CScripts.h"

static const char setup_session[] = {
#embed "../../sql/setup/session.sql"
    , 0};
const struct sql_script sql_setup_session = {"setup/session", setup_session};
