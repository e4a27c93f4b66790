// run.json of a checkpoint: the declarations are in checkpoint.h.
#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/base/train_controls.h"
#include "engine/train/checkpoint.h"
#include "engine/train/run_recorder.h"

namespace lathe {

namespace {

constexpr int64_t kVersion = 1;

Json to_json(const Provenance& p) {
    return {{"data_sha256", p.data_sha256},
            {"tokenizer_sha256", p.tokenizer_sha256},
            {"base_sha256", p.base_sha256},
            {"lathe_version", p.lathe_version},
            {"cpu_name", p.cpu_name},
            {"simd_target", p.simd_target},
            {"threads", p.threads},
            {"seed", p.seed},
            {"rows_per_epoch", p.rows_per_epoch}};
}

// Member of an object, of a type; a wrong one is named.
const Json& member(const Json& json, const char* key, Json::value_t type, const std::string& file) {
    const auto found = json.find(key);
    if (found == json.end()) fail({.kind = ErrorKind::missing_key, .file = file, .key = key});
    const bool number = type == Json::value_t::number_float && found->is_number();
    const bool integer = type == Json::value_t::number_integer && found->is_number_integer();
    if (!number && !integer && found->type() != type) fail({.kind = ErrorKind::wrong_type, .file = file, .key = key});
    return *found;
}

std::string text(const Json& json, const char* key, const std::string& file) {
    return member(json, key, Json::value_t::string, file).get<std::string>();
}
int64_t integer(const Json& json, const char* key, const std::string& file) {
    return member(json, key, Json::value_t::number_integer, file).get<int64_t>();
}
double number(const Json& json, const char* key, const std::string& file) {
    return member(json, key, Json::value_t::number_float, file).get<double>();
}
std::set<int64_t> integers(const Json& json, const char* key, const std::string& file) {
    const Json& list = member(json, key, Json::value_t::array, file);
    if (!std::all_of(list.begin(), list.end(), [](const Json& one) { return one.is_number_integer(); }))
        fail({.kind = ErrorKind::wrong_type, .file = file, .key = key, .expected = "integers"});
    return list.get<std::set<int64_t>>();
}

}  // namespace

std::string provenance_json(const Provenance& provenance) {
    return dump_json(to_json(provenance));
}

std::string run_snapshot_json(const RunSnapshot& s) {
    const Json json = {{"version", kVersion},
                       {"run", s.run},
                       {"name", s.name},
                       {"created_at_ms", s.created_at_ms},
                       {"step", s.step},
                       {"max_steps", s.max_steps},
                       {"cursor", {{"epoch", s.cursor.epoch}, {"row", s.cursor.row}}},
                       {"micro_batch_tokens", s.micro_batch_tokens},
                       {"elapsed_s", s.elapsed_s},
                       {"train_loss", s.train_loss},
                       {"eval_loss", s.eval_loss ? Json(*s.eval_loss) : Json(nullptr)},
                       {"controls", controls_json(s.controls)},
                       {"skip_steps", s.skip_steps},
                       {"provenance", to_json(s.provenance)},
                       {"config", parse_json(s.config_json, "config")}};
    return dump_json(json, 2) + "\n";
}

RunSnapshot read_run_snapshot(const std::string& checkpoint) {
    const std::string file = checkpoint + "/lathe/run.json";
    const Json json = read_json(file, 64 << 20);
    if (!json.is_object()) fail({.kind = ErrorKind::malformed, .file = file, .expected = "an object"});
    if (integer(json, "version", file) != kVersion)
        fail({.kind = ErrorKind::unsupported, .file = file, .key = "version", .expected = std::to_string(kVersion)});
    const Json& cursor = member(json, "cursor", Json::value_t::object, file);
    const Json& p = member(json, "provenance", Json::value_t::object, file);
    RunSnapshot s;
    s.run = text(json, "run", file);
    s.name = json.contains("name") ? text(json, "name", file) : run_name(s.run);
    s.config_json = dump_json(member(json, "config", Json::value_t::object, file));
    s.created_at_ms = integer(json, "created_at_ms", file);
    s.step = integer(json, "step", file);
    if (json.contains("max_steps")) s.max_steps = integer(json, "max_steps", file);
    s.cursor = {.epoch = integer(cursor, "epoch", file), .row = integer(cursor, "row", file)};
    s.micro_batch_tokens = integer(json, "micro_batch_tokens", file);
    s.elapsed_s = number(json, "elapsed_s", file);
    if (!json.contains("train_loss") || !json["train_loss"].is_null()) s.train_loss = number(json, "train_loss", file);
    if (json.contains("eval_loss") && json["eval_loss"].is_number()) s.eval_loss = json["eval_loss"].get<double>();
    if (json.contains("controls")) s.controls = read_controls(json["controls"], file);
    if (json.contains("skip_steps")) s.skip_steps = integers(json, "skip_steps", file);
    s.provenance = {.data_sha256 = text(p, "data_sha256", file),
                    .tokenizer_sha256 = text(p, "tokenizer_sha256", file),
                    .base_sha256 = text(p, "base_sha256", file),
                    .lathe_version = text(p, "lathe_version", file),
                    .cpu_name = text(p, "cpu_name", file),
                    .simd_target = text(p, "simd_target", file),
                    .threads = integer(p, "threads", file),
                    .seed = integer(p, "seed", file),
                    .rows_per_epoch = p.contains("rows_per_epoch") ? integer(p, "rows_per_epoch", file) : 0};
    return s;
}

std::optional<RunSnapshot> find_run_snapshot(const std::string& checkpoint) {
    try {
        return read_run_snapshot(checkpoint);
    } catch (const Exception&) {
        return std::nullopt;
    }
}

}  // namespace lathe
