// The licence that a model's folder states. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace lathe {

// Of the front matter of a model card (README.md, between two lines "---"): license, or license_name where license is
// "other"; "" if it has none. Source: huggingface.co/docs/hub/model-cards.
std::string licence_of_card(std::string_view card);
// First line that is not blank, at most 80 bytes.
std::string first_line(std::string_view text);
// Of README.md, else the first line of LICENSE, LICENSE.txt or LICENSE.md. What cannot be read tells nothing.
std::string licence_of_folder(const std::string& folder);

}  // namespace lathe
