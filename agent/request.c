/*
 * Parses requests. A request is a sequence of strings, each terminated by a zero byte and prefixed by a letter for its
 * type: V verb, A argument, E variable, C folder, U user, T timeout in milliseconds, I standard input wanted,
 * P terminal with its rows and columns, L lease; in a claim, R entropy, N now, H hostname, K authorized key,
 * W workspace tag.
 */
#include "agent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count(const char *bytes, size_t length, char letter) {
    size_t found = 0;
    for (size_t at = 0; at < length; at += strlen(bytes + at) + 1)
        found += bytes[at] == letter;
    return found;
}

bool request_parse(struct request *request, const char *bytes, size_t length) {
    *request = (struct request){.verb = "run"};
    if (length == 0 || bytes[length - 1] != '\0')
        return false;
    request->memory = malloc(length);
    request->arguments = calloc(count(bytes, length, 'A') + 1, sizeof(char *));
    request->variables = calloc(count(bytes, length, 'E') + 1, sizeof(char *));
    request->keys = calloc(count(bytes, length, 'K') + 1, sizeof(char *));
    request->macs = calloc(count(bytes, length, 'M') + 1, sizeof(char *));
    if (!request->memory || !request->arguments || !request->variables || !request->keys || !request->macs)
        return false;
    memcpy(request->memory, bytes, length);

    size_t arguments = 0, variables = 0, keys = 0, macs = 0;
    for (char *text = request->memory; text < request->memory + length; text += strlen(text) + 1) {
        char *value = text + (*text != '\0');
        switch (*text) {
        case 'V': request->verb = value; break;
        case 'A': request->arguments[arguments++] = value; break;
        case 'E': request->variables[variables++] = value; break;
        case 'C': request->folder = value; break;
        case 'U': request->user = value; break;
        case 'T': request->timeout_ms = atol(value); break;
        case 'L': request->lease = value; break;
        case 'R': request->entropy = value; break;
        case 'N': request->now = value; break;
        case 'H': request->hostname = value; break;
        case 'K': request->keys[keys++] = value; break;
        case 'W': request->workspace = value; break;
        case 'M': request->macs[macs++] = value; break;
        case 'I': request->input = true; break;
        case 'F': request->continues = true; break;
        case 'P':
            request->terminal = sscanf(value, "%d %d", &request->rows, &request->columns) == 2;
            break;
        default: return false;
        }
    }
    if (strcmp(request->verb, "claim") == 0 || strcmp(request->verb, "settle") == 0)
        return true;
    bool known = strcmp(request->verb, "run") == 0 || strcmp(request->verb, "get") == 0 || strcmp(request->verb, "put") == 0;
    return arguments > 0 && known;
}

void request_free(struct request *request) {
    free(request->memory);
    free(request->arguments);
    free(request->variables);
    free(request->keys);
    free(request->macs);
    *request = (struct request){0};
}
