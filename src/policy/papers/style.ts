/**
 * How every paper looks: A4, 仿宋 for the text and 宋体 for the title as GB/T 9704 has it, black on white. Inside the
 * document, because a paper in the file must look the same in ten years, on a machine without a network.
 */
export const STYLE = `
@page { size: A4; margin: 28mm 24mm 24mm 26mm; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { margin: 0; font: 12pt/1.75 FangSong, STFangsong, "仿宋", "FangSong_GB2312", "Noto Serif CJK SC", "Songti SC", SimSun, serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 9mm; text-align: center; font: 700 22pt/1.4 "FZXiaoBiaoSong-B05S", STZhongsong, "华文中宋", "Noto Serif CJK SC", SimSun, serif; letter-spacing: .08em; }
h2 { margin: 5mm 0 1.5mm; font: 700 12pt/1.6 SimHei, STHeiti, "黑体", "Noto Sans CJK SC", sans-serif; break-after: avoid; }
p { margin: 0 0 1.5mm; text-indent: 2em; white-space: pre-line; }
p.flush, td p, th p { text-indent: 0; }
p.meta { text-indent: 0; display: flex; justify-content: space-between; gap: 6mm; border-bottom: .4pt solid #000; padding-bottom: 1.5mm; margin-bottom: 6mm; font-size: 10.5pt; }
ol { margin: 0 0 2mm; padding-left: 2.4em; }
li { margin: 0; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0 4mm; font-size: 10.5pt; line-height: 1.5; }
th, td { border: .6pt solid #000; padding: 1.4mm 2mm; text-align: left; vertical-align: middle; }
th { font-weight: 700; background: #f4f4f4; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
td { white-space: pre-line; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.short { white-space: nowrap; }
td.write { height: 13mm; }
th.write { width: 22%; }
tr, .sign, .seal { break-inside: avoid; }
thead { display: table-header-group; }
.pair th { width: 9.5em; }
.sign { width: 100%; margin-top: 6mm; }
.sign td { border: 0; padding: 2.2mm 1mm; }
.sign td.line { border-bottom: .6pt solid #000; width: 38%; }
.sign td.day { width: 11.5em; white-space: nowrap; text-align: right; }
.seal { margin-top: 14mm; margin-left: auto; width: 80mm; text-align: center; }
.seal div { line-height: 1.9; }
.seal .mark { color: #555; font-size: 10.5pt; }
.law, .remedy { margin-top: 3mm; }
.board { font-size: 18pt; line-height: 2; }
.board h1 { font-size: 36pt; margin-bottom: 14mm; }
.board table { font-size: 20pt; margin: 6mm 0; }
.board th { width: 8.5em; }
.board .seal { width: 110mm; }
.code { color: #555; font-size: 9pt; }
.hash { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: 9pt; }
@media screen { body { max-width: 210mm; min-height: 297mm; margin: 0 auto; padding: 28mm 24mm 24mm 26mm; } }
`;
