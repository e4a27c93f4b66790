// A conversation in words: its title, its text as one document, as the model reads it. Pure functions. Thread: GUI
// (translations).
#pragma once

#include <QString>

#include "ui/conversations.h"

namespace lathe {

// As renamed; else its first words; else "New conversation".
QString title_of(const Conversation& conversation);
// The turns one after the other; the user's begin on a new line after one of the model.
QString text_of(const Conversation& conversation);
// The same with the title and who wrote what.
QString markdown_of(const Conversation& conversation);
// A name that every file system takes, without ending.
QString file_name_of(const Conversation& conversation);
// How an answer ended: "ended by itself".
QString ending_text(const std::string& finish_reason);
// At most the first or the last `bytes` of it, whole characters.
QString beginning_of(const std::string& text, size_t bytes);
QString ending_of(const std::string& text, size_t bytes);

}  // namespace lathe
