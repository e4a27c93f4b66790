#include "engine/data/pdf_text.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <poppler-toc.h>

#include <climits>
#include <mutex>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/unicode_classes.h"

namespace lathe {

namespace {

constexpr int kDeepest = 16;
constexpr size_t kMostTitles = 10'000;
constexpr char32_t kReplacement = 0xFFFD;

// Of UTF-16; control characters but line end and tab are left out.
std::string utf8_of(const poppler::ustring& text) {
    std::string utf8;
    for (size_t i = 0; i < text.size(); ++i) {
        const char32_t unit = text[i];
        if (unit == '\f') utf8 += '\n';
        if (unit < 0x20 && unit != '\n' && unit != '\t') continue;
        const bool high = unit >= 0xD800 && unit < 0xDC00, low = unit >= 0xDC00 && unit < 0xE000;
        const char32_t next = i + 1 < text.size() ? text[i + 1] : 0;
        if (high && next >= 0xDC00 && next < 0xE000) {
            append_utf8(0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00), utf8);
            ++i;
        } else {
            append_utf8(high || low ? kReplacement : unit, utf8);
        }
    }
    return utf8;
}

void add_titles(const poppler::toc_item& item, std::vector<std::string>& titles, int depth) {
    for (const poppler::toc_item* child : item.children()) {
        if (titles.size() == kMostTitles) return;
        titles.push_back(utf8_of(child->title()));
        if (depth < kDeepest) add_titles(*child, titles, depth + 1);
    }
}

}  // namespace

struct PdfText::Document {
    std::unique_ptr<poppler::document> pdf;
};

PdfText::PdfText(std::string bytes, const std::string& file)
    : bytes_(std::move(bytes)), document_(std::make_unique<Document>()) {
    static std::once_flag quiet;
    std::call_once(quiet, [] { poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr); });
    if (bytes_.size() <= INT_MAX)
        document_->pdf.reset(poppler::document::load_from_raw_data(bytes_.data(), static_cast<int>(bytes_.size())));
    if (document_->pdf && document_->pdf->is_locked())
        fail({.kind = ErrorKind::unsupported,
              .file = file,
              .expected = "a PDF without a password",
              .found = "an encrypted one"});
    if (!document_->pdf || document_->pdf->pages() <= 0)
        fail({.kind = ErrorKind::malformed,
              .file = file,
              .expected = "a PDF",
              .found = "a damaged one, or another file"});
}

PdfText::~PdfText() = default;

int PdfText::pages() const {
    return document_->pdf->pages();
}

std::string PdfText::page(int index) const {
    const std::unique_ptr<poppler::page> page(document_->pdf->create_page(index));
    return page ? utf8_of(page->text({}, poppler::page::non_raw_non_physical_layout)) : "";
}

std::vector<std::string> PdfText::outline() const {
    std::vector<std::string> titles;
    const std::unique_ptr<poppler::toc> toc(document_->pdf->create_toc());
    if (toc && toc->root() != nullptr) add_titles(*toc->root(), titles, 0);
    return titles;
}

}  // namespace lathe
