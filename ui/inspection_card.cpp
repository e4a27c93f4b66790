#include "ui/inspection_card.h"

#include "ui/error_text.h"

namespace lathe {

InspectionCard::InspectionCard(DataInspector& inspector, QWidget* parent)
    : Card(parent),
      inspector_(inspector),
      again_(make_icon_button(QStringLiteral("retry"))),
      says_(make_label(TextRole::caption, Tone::muted)),
      bar_(new QProgressBar),
      progress_(make_label(TextRole::caption, Tone::muted)),
      act_(make_button(ButtonKind::plain)),
      hold_says_(make_label(TextRole::caption, Tone::bad)),
      choice_(new QWidget),
      allow_says_(make_label(TextRole::caption)),
      allow_(new Switch),
      facts_(new FactList(FactList::Values::at_right)),
      change_(make_button(ButtonKind::link)),
      columns_(new ColumnChoice),
      look_(make_button(ButtonKind::plain)) {
    header()->addWidget(again_);
    bar_->setTextVisible(false);
    for (QLabel* label : {says_, hold_says_, allow_says_}) label->setWordWrap(true);
    auto* choice = new QHBoxLayout(choice_);
    choice->setContentsMargins(0, 0, 0, space::kTiny);
    choice->addWidget(allow_);
    choice->addWidget(allow_says_, 1);
    content()->addWidget(hold_says_);
    content()->addWidget(choice_);
    content()->addWidget(says_);
    content()->addWidget(bar_);
    content()->addWidget(progress_);
    content()->addWidget(act_, 0, Qt::AlignLeft);
    content()->addWidget(columns_);
    content()->addWidget(facts_);
    content()->addWidget(change_, 0, Qt::AlignLeft);
    content()->addWidget(look_, 0, Qt::AlignLeft);
    act_->setObjectName(QStringLiteral("inspection_act"));
    look_->setObjectName(QStringLiteral("look_into_batch"));
    change_->setObjectName(QStringLiteral("change_columns"));
    change_->setCheckable(true);
    columns_->hide();
    allow_->setObjectName(QStringLiteral("start_all_the_same"));
    connect(again_, &QPushButton::clicked, &inspector, &DataInspector::look_again);
    connect(act_, &QPushButton::clicked, this, &InspectionCard::act);
    connect(look_, &QPushButton::clicked, this, &InspectionCard::batch_wanted);
    connect(change_, &QPushButton::clicked, this, &InspectionCard::show_columns);
    connect(columns_, &ColumnChoice::chosen, this, &InspectionCard::column_chosen);
    connect(allow_, &QAbstractButton::clicked, &inspector, &DataInspector::set_allowed);
    connect(&inspector, &DataInspector::changed, this, &InspectionCard::show_state);
    connect(&inspector, &DataInspector::progressed, this, &InspectionCard::show_progress);
}

void InspectionCard::act() {
    switch (inspector_.state()) {
        case DataInspector::State::nothing:
            Q_EMIT files_wanted();
            break;
        case DataInspector::State::asking:
            inspector_.cancel();
            break;
        default:
            inspector_.look_again();
    }
}

void InspectionCard::show_state() {
    using State = DataInspector::State;
    const State state = inspector_.state();
    const bool known = state == State::known, asking = state == State::asking;
    QString says, act, tip;
    Tone tone = Tone::muted;
    switch (state) {
        case State::nothing:
            says = tr("What the data would teach is shown here once files are named.");
            act = tr("Choose files");
            tip = tr("Goes to the setting data.files");
            break;
        case State::asking:
            act = tr("Cancel");
            tip = tr("Ends the look at the data; the run reads it anyway");
            break;
        case State::cancelled:
            says = tr("The data was not looked at.");
            act = tr("Look at it");
            break;
        case State::failed:
            says = error_text(*inspector_.error());
            tone = Tone::bad;
            act = tr("Try again");
            break;
        case State::known:
            if (inspector_.trains_tokenizer())
                says = tr("Its tokens are known once the run has trained the tokenizer.");
            else if (!inspector_.answer()->tokenised)
                says = tr("It did not come to tokens.");
            else if (inspector_.answer()->template_refused)
                says = tr("The model's chat template does not work: prompt and answer as they stand.");
            else if (inspector_.answer()->examples > 0 && !inspector_.answer()->chat_template)
                says = tr("The model has no chat template: prompt and answer as they stand.");
            break;
    }
    says_->setText(says);
    says_->setTextInteractionFlags(state == State::failed ? Qt::TextSelectableByMouse : Qt::NoTextInteraction);
    set_tone(says_, tone);
    says_->setVisible(!says.isEmpty());
    set_words(act_, act, tip);
    act_->setVisible(!act.isEmpty());
    again_->setVisible(known);
    look_->setVisible(known);
    const bool any = state != State::nothing && (asking || inspector_.answer());
    facts_->set_facts(any ? inspection_facts(inspector_.answer()) : std::vector<Fact>{});
    facts_->setEnabled(known);
    show_progress();
    show_hold();
    show_columns();
}

// Open where the columns are what is wrong.
void InspectionCard::show_columns() {
    const std::optional<Error> wrong = inspector_.obstacle();
    const bool at_fault = wrong && (wrong->key.ends_with("_column") || wrong->key == "data.format");
    const bool any = columns_->set_data(
        inspector_.data(), inspector_.answer() ? inspector_.answer()->files : std::vector<InspectedFile>{});
    change_->setVisible(any && !at_fault);
    columns_->setVisible(any && (at_fault || change_->isChecked()));
    columns_->setEnabled(inspector_.is_current());
    set_words(change_, change_->isChecked() ? tr("Done with the columns") : tr("Change format or columns"),
              tr("Shows what the rows are read as, and which column holds what"));
}

void InspectionCard::show_progress() {
    const bool asking = inspector_.state() == DataInspector::State::asking;
    bar_->setVisible(asking);
    progress_->setVisible(asking);
    if (!asking) return;
    const std::optional<Progress>& progress = inspector_.progress();
    const bool known = progress && progress->total > 0;
    bar_->setRange(0, 1000);
    bar_->setValue(known ? static_cast<int>(1000 * progress->done / progress->total) : 0);
    progress_->setText(progress ? progress_text(*progress) : tr("reading the data"));
}

void InspectionCard::show_hold() {
    const QString text = hold_text(inspector_);
    const bool may_override = !inspector_.unlearnt_files().empty();
    hold_says_->setVisible(!text.isEmpty() || may_override);
    hold_says_->setText(text.isEmpty() ? unlearnt_text(inspector_.unlearnt_files()) : text);
    set_tone(hold_says_, text.isEmpty() ? Tone::warn : Tone::bad);
    choice_->setVisible(may_override);
    allow_->setChecked(inspector_.allowed());
}

void InspectionCard::retranslate() {
    set_title(tr("Data"));
    set_words(again_, {}, tr("Look at the files again"));
    set_words(look_, tr("Look into the batch"), tr("Shows examples as the tokens that are trained on"));
    bar_->setAccessibleName(tr("Looking at the data"));
    allow_says_->setText(tr("Start all the same"));
    allow_->setAccessibleName(allow_says_->text());
    allow_->setToolTip(tr("The run goes on with the other files; forgotten when the data changes"));
    columns_->retranslate();
    show_state();
}

}  // namespace lathe
