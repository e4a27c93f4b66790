// A Modelfile for Ollama beside a GGUF file: FROM, TEMPLATE, SYSTEM, every end token as PARAMETER stop, num_ctx.
// Ollama has Go's text/template where the model has Jinja. What the model's own template writes around each message is
// found by rendering conversations of marked texts; a TEMPLATE is made of those pieces and stands only if it renders 20
// conversations as the model's template does. Source: ollama docs/modelfile.mdx, docs/template.mdx, server/routes.go
// (a SYSTEM becomes the first message where there is none). Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/chat_template.h"

namespace lathe {

// What a template writes before and after a message's text; the beginning-of-text token, which llama.cpp adds by
// itself, is left out.
struct TemplatePieces {
    std::string before_system, after_system;
    std::string before_user, after_user;
    std::string before_assistant, after_assistant;
    std::string generation_prompt;
    std::string default_system;  // of a conversation without one
    std::string without_system;  // what stands there in place of a system message

    // What Ollama makes of these with go_template(). Messages as the OpenAI API has them, of these three roles.
    std::string render(const Json& messages) const;
    std::string go_template() const;
};
// `variables` are those of FoundTemplate. Errors: unsupported where the template is none of such pieces, or the 20
// conversations come out otherwise; those of ChatTemplate::render.
TemplatePieces find_template_pieces(const ChatTemplate& chat_template, const Json& variables);
// The conversations that it is held to.
const std::vector<Json>& template_check_conversations();

struct Modelfile {
    std::string gguf;    // file name beside it
    std::string system;  // "": the template's own
    std::vector<std::string> stop;
    int64_t context = 0;
};
// Without pieces the model goes on with the text as it stands. Errors: unsupported where `system` ends with a quote or
// holds three in a row.
std::string modelfile_text(const Modelfile& modelfile, const std::optional<TemplatePieces>& pieces);

}  // namespace lathe
