// The tokens of an answer as one chip each, coloured by the probability that the model gave it and underlined as long
// as that is. A character of several tokens stands on the last of them; those before show their bytes. Thread: GUI.
#pragma once

#include "engine/base/token_logprobs.h"
#include "ui/walked_flow.h"

namespace lathe {

// What a chip shows of a token. begun: the bytes of a character that the tokens before it left open, and then it.
QString chip_text(std::string& begun, const TokenLogprob& token);

class AnswerFlow : public WalkedFlow {
    Q_OBJECT

public:
    explicit AnswerFlow(QWidget* parent = nullptr);
    void clear();
    void add(const TokenLogprobs& token, bool begins_turn);
    int count() const { return tokens(); }
    // As chip_text takes it.
    const std::string& begun_before(int token) const { return tokens_[static_cast<size_t>(token)].begun; }
    QRect place_of(int token) const { return box_of(static_cast<size_t>(token)).toRect(); }
    void retranslate();

protected:
    int tokens() const override { return static_cast<int>(tokens_.size()); }
    int token_of(size_t chip) const override { return static_cast<int>(chip); }
    QString words_of(int token) const override;
    void paint(QPainter& painter, const QRectF& box, size_t chip) const override;

private:
    struct Token {
        TokenLogprob chosen;
        int64_t rank;
        double entropy;
        std::string begun;
    };
    std::vector<Token> tokens_;
    std::string begun_;
};

}  // namespace lathe
