// An engine that computes nothing: remembers what was posted and cancelled; the test answers in its place. Thread: GUI.
#pragma once

#include <utility>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

class FakeEngine : public EngineLink {
public:
    RequestId post(Command command) override {
        posted.emplace_back(++last_request_, std::move(command));
        return last_request_;
    }
    void cancel(RequestId request) override { cancelled.push_back(request); }

    void answer(RequestId request, EventBody body) { Q_EMIT event_arrived({request, std::move(body)}); }
    // To the newest command of its kind; 0 where none was posted.
    template <class Kind>
    RequestId request_of() const {
        for (auto entry = posted.rbegin(); entry != posted.rend(); ++entry)
            if (std::holds_alternative<Kind>(entry->second)) return entry->first;
        return 0;
    }
    template <class Kind>
    const Kind* last() const {
        for (auto entry = posted.rbegin(); entry != posted.rend(); ++entry)
            if (const auto* command = std::get_if<Kind>(&entry->second)) return command;
        return nullptr;
    }
    template <class Kind>
    int count() const {
        int count = 0;
        for (const auto& [request, command] : posted) count += std::holds_alternative<Kind>(command) ? 1 : 0;
        return count;
    }

    std::vector<std::pair<RequestId, Command>> posted;
    std::vector<RequestId> cancelled;

private:
    RequestId last_request_ = 0;
};

}  // namespace lathe
