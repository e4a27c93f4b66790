// Generated text as one chip a token, coloured by the probability that the model gave it, wrapped to the width. The
// tooltip of a chip says its probability and what else was likely there. Thread: GUI.
#pragma once

#include "engine/base/events.h"
#include "ui/chip_flow.h"

namespace lathe {

// More decimals for the smaller: 34 %, 3.4 %, 0.34 %; under 0.005 % “<0.01 %”.
QString probability_text(double probability);
// ok above 0.8, warn from 0.5, bad below.
Tone probability_tone(double probability);

class TokenFlow : public ChipFlow {
    Q_OBJECT

public:
    explicit TokenFlow(QWidget* parent = nullptr);
    // Of a sample without tokens the text alone.
    void set_sample(const Sampled& sample);

protected:
    void paint(QPainter& painter, const QRectF& box, size_t chip) const override;
    QString tooltip(size_t chip) const override;

private:
    std::vector<SampledToken> tokens_;
    std::vector<size_t> token_of_;  // each chip
};

}  // namespace lathe
