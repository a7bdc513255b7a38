# For the scripts beside it: runs what is read from standard input in the files of a Debian release, as root, with mounts,
# processes and a network of its own. Nothing of the machine is touched, and nothing stays.
#
#   in_release SUITE PACKAGE,PACKAGE,... <<'SCRIPT'
#
# Of a suite with backports (trixie-backports) the packages are those of the backports. mmdebstrap makes the files from the
# mirror that it takes by itself, in a minute or two; FINDINGS=FOLDER keeps them in FOLDER for the next time.

# Arguments: SUITE PACKAGES FOLDER
make_root() {
    set -- "$@" --quiet --mode=root --variant=minbase "--aptopt=APT::Install-Recommends \"false\""
    case $1 in
        *-backports)
            mirror="deb http://deb.debian.org/debian"
            set -- "$@" "--aptopt=APT::Default-Release \"$1\"" "--include=$2" "${1%-backports}" "$3.part" \
                "$mirror ${1%-backports} main" "$mirror $1 main"
            ;;
        *) set -- "$@" "--include=$2" "$1" "$3.part" ;;
    esac
    shift 3
    unshare --mount --propagation private mmdebstrap "$@" </dev/null >&2
}

in_release() (
    folder=$(mktemp -d)
    trap 'rm -rf --one-file-system "$folder"' EXIT
    mkdir "$folder/box"
    cat >"$folder/finding"
    root=${FINDINGS:-$folder}/$1-$(printf %s "$2" | cksum | cut -d ' ' -f 1)
    if [ ! -d "$root" ]; then
        make_root "$1" "$2" "$root"
        mv "$root.part" "$root"
    fi
    unshare --mount --net --pid --ipc --uts --fork --kill-child --propagation private sh -euc '
        mount -t tmpfs none "$2/box"
        cd "$2/box"
        mkdir upper work top
        mount -t overlay -o "lowerdir=$1,upperdir=upper,workdir=work" none top
        cp "$2/finding" top/finding
        cd top
        mkdir machine
        pivot_root . machine
        cd /
        mount --rbind /machine/dev /dev
        mount -t proc none /proc
        mount -t sysfs none /sys
        mount -t tmpfs -o mode=755 none /run
        umount -l /machine
        export LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
        exec sh -eu /finding' sh "$root" "$folder"
)
