// What could have stood at a token's place: the likeliest tokens with their ranks, and how probable each was to the
// model and to the draw, in numbers and as bars. The token that stands there is ticked, and has a row of its own where
// it is none of the likeliest. Thread: GUI.
#pragma once

#include <QTreeWidget>
#include <optional>

#include "engine/base/token_logprobs.h"

namespace lathe {

class AlternativeTable : public QTreeWidget {
    Q_OBJECT

public:
    explicit AlternativeTable(QWidget* parent = nullptr);
    // begun: as chip_text takes it.
    void show_token(const TokenLogprobs& token, const std::string& begun);
    void show_nothing();
    // The current row's; none where that is the token that stands there.
    std::optional<TokenLogprob> alternative() const;
    void retranslate();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void add_row(const TokenLogprob& token, int64_t rank, const std::string& begun);

    TokenLogprobs token_;
};

}  // namespace lathe
