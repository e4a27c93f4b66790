// The Data page over a fake engine, a data set with a version, and what the engine finds in a file.
#pragma once

#include "tests/ui/page_fixture.h"
#include "ui/data_page.h"

namespace lathe {

inline DatasetSurvey sample_survey() {
    DatasetSurvey s;
    s.files = {{"/data/한국어 말뭉치.jsonl", "text", 5'000'000, 1'000'000, {}},
               {"/data/binary.txt", "txt", 100, 0, Error{.kind = ErrorKind::malformed, .file = "/data/binary.txt"}}};
    s.documents = 1'000'000;
    s.bytes = 4'000'000;
    s.characters = 3'000'000;
    s.lengths = {0, 3, 900'000, 99'997};
    s.duplicates = 12;
    s.odd = {{"bad", "/data/한국어 말뭉치.jsonl", 17, "not an object"}};
    s.odd_counts = {{"bad", 1}, {"duplicate", 12}};
    s.kept_documents = 999'000;
    s.kept_bytes = 3'900'000;
    s.validation_documents = 1'000;
    return s;
}
inline DatasetEntry sample_dataset() {
    DatasetVersion version;
    version.version = "v1";
    version.folder = "/w/datasets/corpus/v1";
    version.files = {"/w/datasets/corpus/v1/train.jsonl"};
    version.validation_files = {"/w/datasets/corpus/v1/validation.jsonl"};
    version.documents = 998'000;
    version.validation_documents = 1'000;
    version.recipe.drop_duplicates = true;
    return {.name = "corpus", .file = {}, .versions = {version}};
}

struct ShownDataPage {
    PageFixture f;
    std::unique_ptr<DataPage> page = std::make_unique<DataPage>(f.context);
    ShownDataPage() { open(); }
    void open() {
        page->resize(1024, 700);
        page->show();
        page->activateWindow();  // keys go to the active window
        static_cast<void>(QTest::qWaitForWindowActive(page.get()));
        page->entered();
    }
    // Files in, and what the engine finds in them.
    void fill() {
        page->draft().add_files({QStringLiteral("/data/한국어 말뭉치.jsonl")});
        QTRY_VERIFY(f.engine.count<SurveyData>() > 0);
        f.engine.answer<SurveyData>(DataSurveyed{sample_survey()});
    }
    template <class T>
    T* child(const char* name) {
        return page->findChild<T*>(QString::fromLatin1(name));
    }
};

}  // namespace lathe
