// libedit's native interface (editline(3)). Its set and get functions are variadic, which Swift cannot call: here is one
// function of fixed signature for each operation that the line editor uses.
#include <histedit.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef unsigned char (*scry_edit_function)(EditLine *, int);
// libedit's el_rfunc_t: wchar_t is a 32-bit integer here, which Swift would otherwise read as a valid Unicode scalar.
typedef int (*scry_read_function)(EditLine *, int32_t *);
typedef char *(*scry_prompt_function)(EditLine *);

// Streams of its own on duplicates of the descriptors, so that stdin and stdout stay untouched. NULL when out of memory
// or descriptors.
static inline EditLine *scry_edit_init(const char *program, int in, int out, int error) {
    FILE *input = fdopen(dup(in), "r");
    FILE *output = fdopen(dup(out), "w");
    FILE *errors = fdopen(dup(error), "w");
    if (input && output && errors) return el_init(program, input, output, errors);
    if (input) fclose(input);
    if (output) fclose(output);
    if (errors) fclose(errors);
    return NULL;
}

static inline void scry_edit_end(EditLine *editor) {
    FILE *streams[3] = {0};
    for (int i = 0; i < 3; i++) el_get(editor, EL_GETFP, i, &streams[i]);
    el_end(editor);
    for (int i = 0; i < 3; i++)
        if (streams[i]) fclose(streams[i]);
}

static inline void scry_edit_set_context(EditLine *editor, void *context) { el_set(editor, EL_CLIENTDATA, context); }

static inline void *scry_edit_context(EditLine *editor) {
    void *context = NULL;
    el_get(editor, EL_CLIENTDATA, &context);
    return context;
}

// `escape` stands before and after a part of the prompt that takes no cell.
static inline void scry_edit_set_prompt(EditLine *editor, scry_prompt_function prompt, char escape) {
    el_set(editor, EL_PROMPT_ESC, prompt, escape);
}

static inline void scry_edit_set_reader(EditLine *editor, scry_read_function reader) {
    el_set(editor, EL_GETCFN, reader);
}

static inline void scry_edit_set_mode(EditLine *editor, const char *mode) { el_set(editor, EL_EDITOR, mode); }
static inline void scry_edit_set_signals(EditLine *editor, int handled) { el_set(editor, EL_SIGNAL, handled); }
static inline void scry_edit_prepare_terminal(EditLine *editor, int on) { el_set(editor, EL_PREP_TERM, on); }
static inline void scry_edit_refresh(EditLine *editor) { el_set(editor, EL_REFRESH); }

static inline void scry_edit_add_function(
    EditLine *editor, const char *name, const char *help, scry_edit_function function) {
    el_set(editor, EL_ADDFN, name, help, function);
}

static inline void scry_edit_bind(EditLine *editor, const char *key, const char *function) {
    el_set(editor, EL_BIND, key, function, NULL);
}

static inline void scry_edit_set_history(EditLine *editor, History *list) { el_set(editor, EL_HIST, history, list); }

static inline void scry_history_set_size(History *list, int size) {
    HistEvent event;
    history(list, &event, H_SETSIZE, size);
}

static inline void scry_history_enter(History *list, const char *line) {
    HistEvent event;
    history(list, &event, H_ENTER, line);
}

// 1 where the locale knows single bytes only.
static inline size_t scry_longest_character(void) { return MB_CUR_MAX; }
