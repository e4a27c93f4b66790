// Unicode NFC as Hugging Face's normalizer does it: canonical decomposition, stable order by combining class,
// composition (UAX #15). Only the stretches that NFC may change are touched; linear but for the sort of combining marks
// in a row. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace lathe {

// text is valid UTF-8. Returns text itself where nothing changes, else a view of buffer.
std::string_view normalize_nfc(std::string_view text, std::string& buffer);

}  // namespace lathe
