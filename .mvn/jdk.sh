# Finds JDK 21 or newer. Sourced by the scripts beside it; uses only shell built-ins where possible.

# Set $version to the major version of the Java in folder $1, or 0 if there is none.
java_version() {
    version=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            version=${value%%[!0-9]*}
            break
        fi
    done <"$1/release"
    [ -n "$version" ] || version=0
}

# Return whether the Java in folder $1 is new enough and has $2 (java or javac); set $version too.
java_suits() {
    java_version "$1"
    [ "$version" -ge 21 ] && [ -x "$1/bin/$2" ]
}

# Set $jdk to a folder whose Java has $1 (java or javac): from JAVA_HOME, from the path, or the newest installed.
find_jdk() {
    jdk=${JAVA_HOME:-}
    [ -n "$jdk" ] && java_suits "$jdk" "$1" && return 0
    jdk=$(command -v java) && jdk=$(readlink -f "$jdk") && jdk=${jdk%/bin/java} && java_suits "$jdk" "$1" && return 0
    jdk=
    newest=0
    for candidate in /usr/lib/jvm/*; do
        if java_suits "$candidate" "$1" && [ "$version" -gt "$newest" ]; then
            jdk=$candidate
            newest=$version
        fi
    done
    [ -n "$jdk" ] && return 0
    cat >&2 <<END
Error PD4001: Package missing
There is no JDK 21 or newer here: not in JAVA_HOME (${JAVA_HOME:-not set}), not on the PATH, not in /usr/lib/jvm.

Install one as root, and run the same command again:
  apt-get install openjdk-21-jdk-headless     on Debian 13 and Ubuntu 22.04 or newer, or any later number
  apt-get install temurin-25-jdk              on Debian 12, from the repository that adoptium.net/installation describes
END
    return 1
}

# Make sure that Maven is installed; install it after confirmation, or without if $1 is yes.
need_maven() {
    command -v mvn >/dev/null && return 0
    if [ "$1" != yes ]; then
        if [ -t 0 ] && [ -t 2 ]; then
            printf 'Maven is missing, which builds paddock. Install the package maven now? [y/N] ' >&2
            read -r answer
        else
            answer=no
        fi
        case $answer in
            [yY] | [yY][eE][sS]) ;;
            *)
                cat >&2 <<END
Error PD4001: Package missing
Maven is missing, which builds paddock.

Run the same command as root with --yes, or install it yourself:
  apt-get install --no-install-recommends maven
END
                return 1
                ;;
        esac
    fi
    echo 'Installing maven, to build paddock.' >&2
    # Missing or outdated lists name packages that no longer exist.
    if said=$(
        export DEBIAN_FRONTEND=noninteractive
        exec 2>&1 </dev/null
        apt-get -q -o DPkg::Lock::Timeout=300 update &&
            apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends maven
    ) && command -v mvn >/dev/null; then
        return 0
    fi
    echo "$said" | tail -n 10 >&2
    echo 'Error PD4001: Package missing' >&2
    echo 'Maven could not be installed; the lines above say why. Only root can install packages.' >&2
    return 1
}
