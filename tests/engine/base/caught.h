// What a call throws, as a value.
#pragma once

#include <string>

#include "engine/base/error.h"

namespace lathe {

// `internal` with found "nothing thrown" where the call succeeds.
template <class Call>
Error caught(Call&& call) {
    try {
        call();
    } catch (const Exception& exception) {
        return exception.error();
    }
    return {.kind = ErrorKind::internal, .found = "nothing thrown"};
}

}  // namespace lathe
