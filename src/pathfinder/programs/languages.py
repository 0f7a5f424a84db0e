"""Languages by their code, so that a slip like `sp` for Spanish is found.

Why this module exists: a person who speaks no English depends on this key, and the codes are
not what people type. Two letters are ISO 639-1; three letters are ISO 639-3, for languages that
have no shorter code, signed ones among them.

It must not decide which language anybody reads.
"""

from typing import Final

_NAMES: Final = """
aa Afar, ab Abkhazian, af Afrikaans, ak Akan, am Amharic, an Aragonese, ar Arabic, as Assamese,
av Avaric, ay Aymara, az Azerbaijani, ba Bashkir, be Belarusian, bg Bulgarian, bi Bislama,
bm Bambara, bn Bengali, bo Tibetan, br Breton, bs Bosnian, ca Catalan, ce Chechen, ch Chamorro,
co Corsican, cr Cree, cs Czech, cv Chuvash, cy Welsh, da Danish, de German, dv Dhivehi, dz Dzongkha,
ee Ewe, el Greek, en English, eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian,
ff Fulah, fi Finnish, fj Fijian, fo Faroese, fr French, fy Western Frisian, ga Irish,
gd Scottish Gaelic, gl Galician, gn Guarani, gu Gujarati, gv Manx, ha Hausa, he Hebrew, hi Hindi,
ho Hiri Motu, hr Croatian, ht Haitian Creole, hu Hungarian, hy Armenian, hz Herero, id Indonesian,
ig Igbo, ii Nuosu, ik Inupiaq, is Icelandic, it Italian, iu Inuktitut, ja Japanese, jv Javanese,
ka Georgian, kg Kongo, ki Kikuyu, kj Kwanyama, kk Kazakh, kl Greenlandic, km Khmer, kn Kannada,
ko Korean, kr Kanuri, ks Kashmiri, ku Kurdish, kv Komi, kw Cornish, ky Kyrgyz, lb Luxembourgish,
lg Ganda, li Limburgish, ln Lingala, lo Lao, lt Lithuanian, lu Luba-Katanga, lv Latvian,
mg Malagasy, mh Marshallese, mi Maori, mk Macedonian, ml Malayalam, mn Mongolian, mr Marathi,
ms Malay, mt Maltese, my Burmese, na Nauru, nd North Ndebele, ne Nepali, ng Ndonga, nl Dutch,
no Norwegian, nr South Ndebele, nv Navajo, ny Chichewa, oc Occitan, oj Ojibwe, om Oromo, or Odia,
os Ossetian, pa Punjabi, pl Polish, ps Pashto, pt Portuguese, qu Quechua, rm Romansh, rn Rundi,
ro Romanian, ru Russian, rw Kinyarwanda, sc Sardinian, sd Sindhi, se Northern Sami, sg Sango,
si Sinhala, sk Slovak, sl Slovenian, sm Samoan, sn Shona, so Somali, sq Albanian, sr Serbian,
ss Swati, st Southern Sotho, su Sundanese, sv Swedish, sw Swahili, ta Tamil, te Telugu, tg Tajik,
th Thai, ti Tigrinya, tk Turkmen, tl Tagalog, tn Tswana, to Tongan, tr Turkish, ts Tsonga,
tt Tatar, tw Twi, ty Tahitian, ug Uyghur, uk Ukrainian, ur Urdu, uz Uzbek, ve Venda, vi Vietnamese,
wa Walloon, wo Wolof, xh Xhosa, yi Yiddish, yo Yoruba, za Zhuang, zh Chinese, zu Zulu,
ase American Sign Language, asf Auslan, bfi British Sign Language, chr Cherokee, chk Chuukese,
ceb Cebuano, cmn Mandarin, dak Dakota, din Dinka, fil Filipino, fsl French Sign Language,
haw Hawaiian, hmn Hmong, ilo Ilocano, isg Irish Sign Language, kar Karen, kea Cape Verdean Creole,
lkt Lakota, prs Dari, psd Plains Sign Language, yue Cantonese, zun Zuni
"""

LANGUAGES: Final = {
    code: name
    for entry in _NAMES.replace("\n", " ").split(",")
    for code, _, name in [entry.strip().partition(" ")]
}
"""Code -> its name in English."""

CODES: Final = {name.casefold(): code for code, name in LANGUAGES.items()}
"""Name in English, in small letters -> its code."""
