#!/bin/sh
# Makes dist/ again, byte for byte, from the packages that package-lock.json names. Running Kontor needs none of this:
# dist/ is stored with the source.
set -eu
cd "$(dirname "$0")"
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
ds=node_modules/@digdir/designsystemet-css
theme=node_modules/@digdir/designsystemet-theme
font=node_modules/@fontsource/source-sans-3
rm -rf dist
mkdir dist
{
	cat fonts.css
	# @charset and comments of the theme are left out: the first is only allowed first in a file.
	sed -e '/^@charset/d' "$theme/src/themes/designsystemet.css"
	printf '@layer ds.theme, ds.base, ds.components;\n@layer ds.base{'
	cat "$ds/dist/src/base.css"
	printf '}\n@layer ds.components{'
	# Only the parts that kernel/ui uses; the whole is four times as large.
	cat "$ds/dist/src/button.css" "$ds/dist/src/input.css" "$ds/dist/src/table.css"
	printf '}\n'
} >dist/vendor.css
cp node_modules/htmx.org/dist/htmx.min.js dist/htmx.js
for weight in 400 600 700; do
	for part in latin latin-ext; do
		cp "$font/files/source-sans-3-$part-$weight-normal.woff2" "dist/source-sans-3-$part-$weight.woff2"
	done
done
{
	echo "Kontor serves these works of others, unchanged but for the choice of parts."
	for work in @digdir/designsystemet-css @digdir/designsystemet-theme @fontsource/source-sans-3 htmx.org; do
		printf '\n======== %s %s ========\n\n' "$work" "$(node -p "require('./node_modules/$work/package.json').version")"
		cat "node_modules/$work/LICENSE"
	done
} >dist/LICENSES.txt
