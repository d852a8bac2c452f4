#!/bin/sh
# Makes every derived file of this folder anew from its two photographs; README.md tells where those are from.
# Usage: make.sh starfish.jpg seeding_by_Clements_Engelhardt.jpg
# Needs: libvips-tools, libjpeg-turbo-progs, libimage-exiftool-perl, JDK 25.
set -eu
camera=$1
seeding=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install -m 644 "$camera" "$here/camera.jpg"

# The same photograph as a camera held upright stores it: turned left, with the tag that turns it right again.
jpegtran -rotate 270 -trim -copy all -outfile "$work/turned.jpg" "$camera"
exiftool -q -n -Orientation=6 -o - "$work/turned.jpg" > "$here/rotated.jpg"

head -c 200000 "$camera" > "$here/truncated.jpg"

vips thumbnail "$seeding" "$work/seeding.v" 1600
vips webpsave "$work/seeding.v" "$work/plain.webp" --Q 70 --strip
exiftool -q -n -Make=Sluice -Model=WebPCamera -GPSLatitude=52.1 -GPSLatitudeRef=N -GPSLongitude=4.3 \
    -GPSLongitudeRef=E -o - "$work/plain.webp" > "$here/photo.webp"
vips thumbnail "$seeding" "$work/small.v" 640
vips heifsave "$work/small.v" "$here/photo.avif" --compression av1 --Q 40 --strip
vips thumbnail "$seeding" "$work/tiny.v" 320
vips tiffsave "$work/tiny.v" "$here/photo.tiff" --compression jpeg --Q 80 --strip

# A wide-gamut photograph (Display P3 profile inside) and one in CMYK, as print shops send them.
vips icc_transform "$work/tiny.v" "$work/p3.v" p3 --input-profile srgb
vips jpegsave "$work/p3.v" "$here/display-p3.jpg" --Q 85
vips colourspace "$work/tiny.v" "$work/cmyk.v" cmyk
vips jpegsave "$work/cmyk.v" "$here/cmyk.jpg" --Q 85 --strip

# Alpha: the photograph fades out to the right.
vips thumbnail "$seeding" "$work/alpha-rgb.v" 400
width=$(vipsheader -f width "$work/alpha-rgb.v")
height=$(vipsheader -f height "$work/alpha-rgb.v")
vips grey "$work/grey.v" "$width" "$height" --uchar
vips invert "$work/grey.v" "$work/fade.v"
vips bandjoin "$work/alpha-rgb.v $work/fade.v" "$work/alpha.v"
vips pngsave "$work/alpha.v" "$here/alpha.png" --strip

# Four frames: a window that moves over the photograph.
vips extract_area "$work/tiny.v" "$work/frames0.png" 0 10 160 120
for left in 40 80 120; do
    vips extract_area "$work/tiny.v" "$work/frame.png" "$left" 10 160 120
    vips join "$work/frames$((left - 40)).png" "$work/frame.png" "$work/frames$left.png" vertical
done
vips gifsave "$work/frames120.png" "$here/animated.gif" --page-height 120 --strip

java "$here/HugePng.java" > "$here/huge.png"
: > "$here/empty.bin"
