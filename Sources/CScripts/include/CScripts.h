// One constant a file of sql/: its path below sql/ without ".sql", and its bytes.
#pragma once

struct sql_script {
    const char *name;
    const char *text;
};

extern const struct sql_script sql_setup_session;
