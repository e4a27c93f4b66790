#!/bin/bash
# Every text of the window has a Korean one with the same placeholders. To mend: scripts/translations.sh, then fill in the .ts file.
exec "$(dirname "${BASH_SOURCE[0]}")/../../scripts/translations.sh" --check
