#include "engine/data/token_cache_format.h"

#include <cstddef>
#include <cstring>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

std::string hash_of(const TokenCacheFoot& foot) {
    return sha256(std::string_view(reinterpret_cast<const char*>(&foot), offsetof(TokenCacheFoot, sha256)));
}

int64_t whole_number(const Json& json, const char* key, const std::string& path) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer())
        fail(Error{.kind = ErrorKind::malformed, .file = path, .key = key});
    return found->get<int64_t>();
}

std::string text(const Json& json, const char* key, const std::string& path) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string()) fail(Error{.kind = ErrorKind::malformed, .file = path, .key = key});
    return found->get<std::string>();
}

Json place_json(const DocumentPlace& place) {
    return {{"file", place.file}, {"line", place.line}, {"byte", place.byte}};
}

DocumentPlace place_of(const Json& json, const char* key, const std::string& path) {
    if (!json.is_object()) fail(Error{.kind = ErrorKind::malformed, .file = path, .key = key});
    return {.file = text(json, "file", path),
            .line = whole_number(json, "line", path),
            .byte = whole_number(json, "byte", path)};
}

}  // namespace

void complete_foot(TokenCacheFoot& foot) {
    std::memcpy(foot.magic, kTokenCacheFoot, sizeof foot.magic);
    foot.version = kTokenCacheVersion;
    foot.ends_at = (kTokenCacheHeadBytes + foot.tokens * 4 + 7) / 8 * 8;
    foot.bytes_at = foot.ends_at + foot.documents * 8;
    foot.report_at = foot.masked != 0 ? places_at(foot) + foot.documents * 8 : foot.bytes_at + foot.documents * 4;
    foot.file_size = foot.report_at + foot.report_size + sizeof(TokenCacheFoot);
    std::memcpy(foot.sha256, hash_of(foot).data(), sizeof foot.sha256);
}

void check_foot(const TokenCacheFoot& foot, int64_t file_size, const std::string& path) {
    const auto refuse = [&](const char* key) { fail(Error{.kind = ErrorKind::malformed, .file = path, .key = key}); };
    if (std::memcmp(foot.magic, kTokenCacheFoot, sizeof foot.magic) != 0) refuse("foot");
    if (std::string_view(foot.sha256, sizeof foot.sha256) != hash_of(foot)) refuse("sha256");
    if (foot.version != kTokenCacheVersion) refuse("version");
    // Counts are held against the size first, so that complete_foot cannot wrap around.
    const auto size = static_cast<uint64_t>(file_size);
    if (foot.masked > 1 || foot.documents > size / 12 || foot.tokens > size / 4 || foot.report_size > size)
        refuse("counts");
    if (foot.vocab_size > 1u << 30 || foot.eos_id < -1 || foot.eos_id >= static_cast<int64_t>(foot.vocab_size))
        refuse("vocab_size");
    TokenCacheFoot right = foot;
    complete_foot(right);
    if (right.file_size != size || std::memcmp(&right, &foot, sizeof foot) != 0) refuse("sizes");
}

std::string report_to_json(const ImportReport& report) {
    Json json{{"documents", report.documents}, {"bytes", report.bytes},           {"rows", report.rows},
              {"bad_rows", report.bad_rows},   {"empty_rows", report.empty_rows}, {"sha256", report.sha256}};
    if (report.training_documents) json["training_documents"] = *report.training_documents;
    if (report.first_bad) {
        json["first_bad"] = place_json(report.first_bad->place);
        json["first_bad"]["reason"] = report.first_bad->reason;
    }
    if (report.examples == 0) return dump_json(json);
    json["examples"] = report.examples;
    json["duplicate_rows"] = report.duplicate_rows;
    json["notes"] = Json::array();
    for (const RowNote& note : report.notes) {
        Json one = place_json(note.place);
        one["kind"] = note.kind;
        one["reason"] = note.reason;
        json["notes"].push_back(std::move(one));
    }
    return dump_json(json);
}

ImportReport report_from_json(std::string_view json_text, const std::string& path) {
    const Json json = parse_json(json_text, path);
    if (!json.is_object()) fail(Error{.kind = ErrorKind::malformed, .file = path, .key = "report"});
    ImportReport report;
    report.documents = whole_number(json, "documents", path);
    report.bytes = whole_number(json, "bytes", path);
    report.rows = whole_number(json, "rows", path);
    report.bad_rows = whole_number(json, "bad_rows", path);
    report.empty_rows = whole_number(json, "empty_rows", path);
    report.sha256 = text(json, "sha256", path);
    if (json.contains("training_documents")) report.training_documents = whole_number(json, "training_documents", path);
    if (const auto bad = json.find("first_bad"); bad != json.end())
        report.first_bad = RowNote{"bad", place_of(*bad, "first_bad", path), text(*bad, "reason", path)};
    if (!json.contains("examples")) {
        if (report.first_bad) report.notes = {*report.first_bad};
        return report;
    }
    report.examples = whole_number(json, "examples", path);
    report.duplicate_rows = whole_number(json, "duplicate_rows", path);
    const auto notes = json.find("notes");
    if (notes == json.end() || !notes->is_array())
        fail(Error{.kind = ErrorKind::malformed, .file = path, .key = "notes"});
    for (const Json& note : *notes) {
        const DocumentPlace place = place_of(note, "notes", path);
        report.notes.push_back({text(note, "kind", path), place, text(note, "reason", path)});
    }
    return report;
}

}  // namespace lathe
