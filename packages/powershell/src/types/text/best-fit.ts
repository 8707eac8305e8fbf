/**
 * The characters that code pages of one byte take for others that they lack: pairs of the one and the other, the likelier
 * first. Asked of .NET's own code pages; where the pages of a group differ among themselves, most of them win.
 */
const fits = {
  windows:
    '£L¥Y²2³3´/½1ÀAÁAÂAÃAÄAÅAÇCÈEÉEÊEËEÌIÍIÎIÏIÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝYàaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyĀAāaĂAăaĄAąaĆCćcĈCĉcĊCċcČCčcĎDďdĐDĐÐđdĒEēeĔEĕeĖEėeĘEęeĚEěeĜGĝgĞGğgĠGġgĢGģgĤHĥhĦHħhĨIĩiĪIīiĬIĭiĮIįiİIıiĴJĵjĶKķkĹLĺlĻLļlĽLľlŁLłlŃNńnŅNņnŇNňnŌOōoŎOŏoŐOőoŔRŕrŖRŗrŘRřrŚSśsŜSŝsŞSşsŠSšsŢTţtŤTťtŦTŧtŨUũuŪUūuŬUŭuŮUůuŰUűuŲUųuŴWŵwŶYŷyŸYŹZźzŻZżzŽZžzƀbƉĐƉÐƉDƑƒƑFƒfƗIƚlƟOƠOơoƫtƮTƯUưuƶzǀ|ǃ!ǍAǎaǏIǐiǑOǒoǓUǔuǕUǖuǗUǘuǙUǚuǛUǜuǞAǟaǤGǥgǦGǧgǨKǩkǪOǫoǬOǭoǰjɡgʹ\u0027ʺ"ʻ‘ʼ\u0027˄^ˈ\u0027ˉ¯ˉŻˊ´ˋ`ˍ_˚°\u0300`\u0301´\u0302^\u0303~\u0303˜\u0304¯\u0304Ż\u0305¯\u0305Ż\u0306˘\u0306ˆ\u0307˙\u0307·\u0308¨\u030a°\u030a§\u030cˇ\u030cˆ\u030e"\u030e¨\u0327¸\u0331_\u0332_;;βßμµһh։:\u066a%\u2000 \u2001 \u2002 \u2003 \u2004 \u2005 \u2006 ‐-‑-․•․·′\u0027″”″¨‵`‼!⁄/⁰°⁴4⁵5⁶6⁷7⁸8₀0₀°₁1₁0₂2₂²₃3₃³₄4₅5₆6₇7₈8₉9₤£₤ŁℂCℇEℊgℋHℌHℍHℎhℐIℑIℒLℓlℕN℘PℙPℚQℛRℜRℝRℤZℨZKKÅÅÅĹℬBℭC℮eℯeℰEℱFℳMℴo←‹←<↑^→›→>↓v↓ˇ↔-↕|↕¦↨|↨¦∅Ø∅Ř−-∓±∕/∖\u005c∗*∘°∙•∙·√v∟L∣|∶:∼~≪«≫»⋅·⌂¦⌃^〈<〉>─-─¦│¦│-┌-┌+┐¬┐+└L└+┘-┘+├+┤+┤¦┬T┬-┴+┴-┼+═=═-║¦╒-╒+╓г╓+╔-╔г╔+╕¬╕+╖¬╖+╗¬╗+╘L╘+╙L╙+╚L╚+╛-╛+╜-╜+╝-╝+╞¦╟¦╠¦╡¦╢¦╣¦╤T╤-╥T╥-╦T╦-╧¦╧-╨¦╨-╩¦╩-╪+╫+╬+▀-▀¯▄-▄_█-█¦▌¦▐¦░-░¦▒-▒¦▓-▓¦■¦▬-▲^►>▼ˇ▼Ў▼΅◄<○0◘•◙0☺O☺˘☻O☻˘☼0☼¤♀+♂>♠¦♣¦♥¦♦¦♪d♫d❘|❛‘❜’❝“❞”　 〈<〉>《«》»〚[〛]〛=〝“〝"〞”〞"〟„・·ー—',
  dos: '¡!¢c¤\u000f¤o¥Y¦│¦▌¦|§\u0015¨"©cªa«<¬┐¬-\u00ad_\u00ad-\u00ad\u0016®r®R¯\u0016¯_¯─°o±+³3´/´\u0027´΄µuµчµμ¶\u0014·\u0007¸,¹1¹3ºo»>¾3¾_ÀAÁAÂAÃAÄAÅAÆAÇCÈEÉEÊEËEÌIÍIÎIÏIÐDÑNÒOÓOÔOÕOÖO×X×xØOÙUÚUÛUÜUÝYÞTÞ_àaáaâaãaäaåaæaçcèeècéeêeëeìiíiîiïiðdñnòoóoôoõoöoøoùuúuûuüuýyþtþ_ÿyĀAāaĂAăaĄAąaĆCćcĈCĉcĊCċcČCčcĎDďdĐDĐÐđdĒEēeĔEĕeĖEėeĘEęeĚEěeĜGĝgĞGğgĠGġgĢGģgĤHĥhĦHħhĨIĩiĪIīiĬIĭiĮIįiİIıiĴJĵjĶKķkĹLĺlĻLļlĽLľlŁLłlŃNńnŅNņnŇNňnŌOōoŎOŏoŐOőoŒOœoŔRŕrŖRŗrŘRřrŚSśsŜSŝsŞSşsŠSŠ\u005cšsš|ŢTţtŤTťtŦTŧtŨUũuŪUūuŬUŭuŮUůuŰUűuŲUųuŴWŵwŶYŷyŸYŹZźzŻZżzŽZžzƀbƉDƉÐƉĐƑƒƑFƒfƗIƚlƟOƠOơoƩΣƩSƩ∩ƫtƮTƯUưuƶzƶZǀ|ǀ│ǃ!ǍAǎaǏIǐiǑOǒoǓUǔuǕUǖuǗUǘuǙUǚuǛUǜuǞAǟaǤGǥgǦGǧgǨKǩkǪOǫoǬOǭoǰjɡgɸφɸfɸøʹ\u0027ʹ´ʹ"ʺ"ʺ\u0027ʻ\u0027ʼ\u0027˄^ˆ^ˈ\u0027ˉ─ˉ\u0016ˊ´ˊ/ˊ\u0027ˋ`ˋ\u0027ˍ_˚°˜~\u0300`\u0300\u0027\u0301´\u0301/\u0301\u0027\u0302^\u0303~\u0304─\u0304\u0016\u0304¯\u0305\u0016\u0305─\u0305¯\u0306˘\u0306^\u0307˙\u0307·\u0308"\u0308¨\u030a°\u030cˇ\u030c^\u030e"\u030e¨\u0327,\u0327¸\u0331_\u0332_;;ΑαΓGΔδΕεΘØΠπΣSΤτΦFΩOαaβßδdεeμµμuπpσsτtφfһh։:\u066a%\u2000 \u2001 \u2002 \u2003 \u2004 \u2005 \u2006 ‐-‐_‑-‑_–-–_–\u0016—-—_—\u0016‗_‘\u0027‘`’\u0027‚\u0027‚,‚’“"”"„"„,†┼†+‡╪‡┼‡+•\u0007․\u0007․·…\u0007….…:‰%′\u0027′´″"‵`‵\u0027‵"‹<›>‼\u0013⁄/⁰0⁰°⁴4⁵5⁶6⁷7⁸8⁸9ⁿn₀0₁1₁¹₂²₂2₃3₃³₄4₅5₆6₇7₈8₉9₤£₤L₧P⃝O⃝\u0009ℂCℇEℊgℋHℌHℍHℎhℐIℑIℒLℓlℕN℘P℘pℙPℚQℛRℜRℝR™t™TℤZΩΩΩOℨZKKÅAÅÅℬBℭC℮eℯeℰEℱFℳMℴo←\u001b↑\u0018→\u001a↓\u0019↔\u001d↕\u0012↨\u0017∅O∅φ∅Ø∑Σ∑S−-−_∓±∓-∕/∖\u005c∖/∗*∘°∙\u0007√V√v∞8∟\u001c∣|∣│∩n∶:∼~≈~≡=≤=≥=≪«≫»≫<⋅\u0007⋅·⌂\u007f⌃^⌐¬⌠(⌡)〈<〉>╒╔╓╔╕╗╖╗╘╚╙╚╛╝╜╝╞╠╟╠╡╣╢╣╤╦╥╦╧╩╨╩╪╬╫╬▌█▐█▬\u0016▲\u001e►\u0010▼\u001f◄\u0011○\u0009◘\u0008◙\u000a☺\u0001☻\u0002☼\u000f♀\u000c♂\u000b♠\u0006♠\u007f♣\u0005♣\u007f♥\u0003♥\u007f♦\u0004♦\u007f♪\u000d♪d♫\u000e♫d✓√✓V❘│❘|❛\u0027❜\u0027❝"❞"　 〇O〇\u0009〈<〉>《«》»》>〚[〛]〛}〝"〞"〟"・\u0007・·ー_',
  iso: '¡!¢c¤$¥Y¦|©Cªa«<®R²2³3·.¸,¹1ºo»>ÀAÁAÂAÃAÄAÅAÆAÇCÈEÉEÊEËEÌIÍIÎIÏIÐDÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝYàaáaâaãaäaåaæaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyĀAāaĂAăaĄAąaĆCćcĈCĉcĊCċcČCčcĎDďdĐDĐÐđdĒEēeĔEĕeĖEėeĘEęeĚEěeĜGĝgĞGğgĠGġgĢGģgĤHĥhĦHħhĨIĩiĪIīiĬIĭiĮIįiİIıiĴJĵjĶKķkĹLĺlĻLļlĽLľlŁLłlŃNńnŅNņnŇNňnŌOōoŎOŏoŐOőoŒOœoŔRŕrŖRŗrŘRřrŚSśsŜSŝsŞSşsŠSšsŢTţtŤTťtŦTŧtŨUŨTũuũtŪUūuŬUŭuŮUůuŰUűuŲUųuŴWŵwŶYŷyŸYŹZźzŻZżzŽZžzƀbƉDƑFƒfƗIƚlƟOƠOơoƫtƮTƯUưuƶzǍAǎaǏIǐiǑOǒoǓUǔuǕUǖuǗUǘuǙUǚuǛUǜuǞAǟaǤGǥgǦGǧgǨKǩkǪOǫoǬOǭoǰjɡgʹ\u0027ʺ"ʼ\u0027˄^ˆ^ˈ\u0027ˋ`ˍ_˜~\u0300`\u0302^\u0303~\u030e"\u0331_\u0332_\u2000 \u2001 \u2002 \u2003 \u2004 \u2005 \u2006 ‐-‑-–-—-‘\u0027’\u0027‚,“"”"„"•.….′\u0027‵`‹<›>™T',
  koi: '¦│§\u0015«<¬┐\u00ad-®R±+µч¶\u0014»>ÀAÁAÂAÃAÄAÅAÇCÈEÉEÊEËEÌIÍIÎIÏIÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝYàaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyĀAāaĂAăaĄAąaĆCćcĈCĉcĊCċcČCčcĎDďdĐDđdĒEēeĔEĕeĖEėeĘEęeĚEěeĜGĝgĞGğgĠGġgĢGģgĤHĥhĦHħhĨIĩiĪIīiĬIĭiĮIįiİIĴJĵjĶKķkĹLĺlĻLļlĽLľlŁLłlŃNńnŅNņnŇNňnŌOōoŎOŏoŐOőoŔRŕrŖRŗrŘRřrŚSśsŜSŝsŞSşsŠSšsŢTţtŤTťtŦTŧtŨUũuŪUūuŬUŭuŮUůuŰUűuŲUųuŴWŵwŶYŷyŸYŹZźzŻZżzŽZžzƀbƗIƚlƟOƠOơoƫtƮTƯUưuǍAǎaǏIǐiǑOǒoǓUǔuǕUǖuǗUǘuǙUǚuǛUǜuǞAǟaǤGǥgǦGǧgǨKǩkǪOǫoǬOǭoǰj–-—-‘\u0027’\u0027‚\u0027“"”"„"†┼‡╪•\u0007…:‰%‹<›>‼\u0013™T←\u001b↑\u0018→\u001a↓\u0019↔\u001d↕\u0012↨\u0017∟\u001c⌂\u007f▬\u0016▲\u001e►\u0010▼\u001f◄\u0011○\u0009◘\u0008◙\u000a☺\u0001☻\u0002☼\u000f♀\u000c♂\u000b♠\u0006♣\u0005♥\u0003♦\u0004♪\u000d♫\u000e',
} as const;

/** Where the pages that are used most differ from their group: pairs of their own, and characters that they have no fit for. */
const own: Readonly<Record<number, { readonly fits: string; readonly none: string }>> = {
  437: {
    fits: '¦▌\u00ad-¯_´\u0027¾_×xÞ_þ_ˊ\u0027\u0301\u0027‘`‚,„,†+․·….⁰°₂2⃝\u0009™TÅÅ∅φ⋅·❘|〇\u0009・·',
    none: 'ʻ\u0305\u0306\u0307\u030c″❛❜❝❞〝〞〟ー',
  },
  850: {
    fits: 'ƶZǀ│ɸøʹ´ˋ\u0027\u0300\u0027\u0304¯\u0305¯\u0308¨\u0327¸‡╬….′´‵´⁸9₁¹₃³™TÅÅ∅Ø∖/∣│⋅·・·',
    none: 'ʻ\u0306\u0307\u030c″❛❜❝❞〝〞〟ー',
  },
  1250: {
    fits: '¡!¢cªa¯—¹1ºo¼1¾3ÆAæaŒOœoˆ^˜~↓ˇ─¦│-☺˘☻˘',
    none: '√╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫▌▐',
  },
  1251: {
    fits: '←<→>↕¦↨¦╔г',
    none: '£¥²³´½ıƉƑƒƶǀǃɡʹʺʻʼ˄ˈˋˍ˚\u0300\u0302\u0303\u0307\u030a\u030e\u0331\u0332;μһ։\u066a\u2000\u2001\u2002\u2003\u2004\u2005\u2006‐‑․′″‵⁄⁰⁴⁵⁶⁷⁸₀₁₂₃₄₅₆₇₈₉ℂℇℊℋℌℍℎℐℑℒℓℕ℘ℙℚℛℜℝℤℨKℬℭ℮ℯℰℱℳℴ−∓∕∖∗∘∣∶∼≪≫⋅⌃〈〉❘❛❜❝❞　〈〉《》〚〛〝〞〟・ー',
  },
  1252: {
    fits: 'ĐÐΓGΘTΣSΦFΩOαaδdεeπpσsτtφf‗=․·ⁿn₡¢₧P∙·∞8∩n≈˜≡=≤=≥=⌐¬⌠(⌡)┌+┐+└+┘+┤¦┬-┴-═-╒+╔+╕+╖+╗+╘+╙+╚+╛+╜+╝+╤-╥-╦-╧-╨-╩-▀¯▄_█¦░¦▒¦▓¦☼¤',
    none: 'ʻ\u0306\u0307\u030c″‼←↑→↓↔↕↨∟▬▲►◄○◘◙☺☻♀♂♠♣♥♦♪♫❛❜❝❞〝〞〟ー',
  },
  1254: {
    fits: 'ˇ^˘^˙\u0027˛¸˝¨\u0303˜\u030a§\u030e¨″¨₀°₁0₂²₃³─¦│-▼¡〛=〝"〞"',
    none: ';√╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫▌▐',
  },
};

type Group = keyof typeof fits;

type FitMap = Map<number, number[]>;

const maps = new Map<number, FitMap>();

function groupOf(codePage: number): Group | undefined {
  if (codePage >= 1250 && codePage <= 1254) return 'windows';
  if (codePage === 20_866 || codePage === 21_866) return 'koi';
  if (codePage > 28_000 && codePage !== 28_603) return 'iso';
  return codePage < 900 && ![720, 737, 864, 874].includes(codePage) ? 'dos' : undefined;
}

/** The byte of the character that a code page takes for one that it lacks; `undefined` where it has none. */
export function bestFit(
  codePage: number,
  unit: number,
  byteOf: (unit: number) => number | undefined,
): number | undefined {
  // Letters as wide as Chinese signs.
  if (unit > 0xff00 && unit <= 0xff5e && codePage !== 10_000) return byteOf(unit - 0xfee0);
  const map = mapOf(codePage);
  for (const other of map?.get(unit) ?? []) {
    const byte = byteOf(other);
    if (byte !== undefined) return byte;
  }
  return undefined;
}

function mapOf(codePage: number): FitMap | undefined {
  const group = groupOf(codePage);
  if (group === undefined) return undefined;
  let map = maps.get(codePage);
  if (map === undefined) {
    map = readPairs(fits[group]);
    const { fits: pairs = '', none = '' } = own[codePage] ?? {};
    for (const [unit, others] of readPairs(pairs)) map.set(unit, others);
    for (const lost of none) map.delete(lost.charCodeAt(0));
    maps.set(codePage, map);
  }
  return map;
}

function readPairs(pairs: string): FitMap {
  const map: FitMap = new Map();
  for (let at = 0; at < pairs.length; at += 2) {
    const unit = pairs.charCodeAt(at);
    const others = map.get(unit);
    if (others === undefined) map.set(unit, [pairs.charCodeAt(at + 1)]);
    else others.push(pairs.charCodeAt(at + 1));
  }
  return map;
}
