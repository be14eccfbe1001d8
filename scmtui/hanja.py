"""Hanja as they are read in Korean.

The Korean standard character set, KS X 1001, lists its 4,888 hanja in the order of their readings:
a reading holds from the hanja it begins with to the next one below.
"""

from __future__ import annotations

import re
from functools import cache

_BEGINNINGS = (
    "가伽각刻간侃갈乫감勘갑匣강剛개介객喀갱坑갹醵거倨건乾걸乞검儉겁劫게偈격擊견堅결抉겸兼경京"
    "계係고古곡哭곤困골汨공供과寡곽槨관冠괄刮광侊괘卦괴乖굉宏교交구丘국國군君굴堀궁宮권倦궐厥"
    "궤机귀晷규叫균勻귤橘극克근僅금今급伋긍亘기企긴緊길佶끽喫나儺낙諾난暖날捏남南납納낭囊내乃"
    "녀女년年념念녕寗노努농濃뇌惱뇨尿눈嫩눌訥뉴杻능能니尼닉匿다多단丹달撻담啖답沓당唐대代덕德"
    "도倒독毒돈墩돌乭동仝두兜둔屯득得등嶝라喇락洛란亂랄剌람嵐랍拉랑廊래來랭冷략掠량亮려侶력力"
    "련憐렬冽렴廉렵獵령令례例로勞록碌론論롱壟뢰儡료了룡龍루壘류劉륙六륜侖률律륭隆륵勒름凜릉凌"
    "리俚린吝림林립砬마摩막寞만万말唜망亡매埋맥脈맹孟멱冪면免멸滅명冥몌袂모侮목木몰歿몽夢묘卯"
    "무務묵墨문們물勿미味민岷밀密박剝반伴발勃방倣배倍백伯번幡벌伐범凡법法벽僻변卞별別병丙보保"
    "복伏본本볼乶봉俸부付북北분分불佛붕崩비丕빈嚬빙憑사乍삭削산傘살乷삼三삽揷상上새塞색嗇생牲"
    "서墅석夕선仙설卨섬剡섭攝성城세世소召속俗손孫솔率송宋쇄刷쇠衰수修숙叔순巡술戌숭崇슬瑟습濕"
    "승丞시侍식埴신伸실失심審십什쌍雙씨氏아亞악堊안安알斡암唵압壓앙仰애厓액厄앵櫻야也약弱양佯"
    "어圄억億언偃얼孼엄俺업嶪엔円여予역亦연嚥열悅염厭엽曄영塋예乂오五옥屋온溫올兀옹壅와渦완婉"
    "왈曰왕往왜倭외外요僥욕慾용俑우于욱勖운云울蔚웅熊원元월月위位유乳육堉윤允율聿융戎은垠을乙"
    "음吟읍揖응凝의依이二익瀷인人일一임任입入잉仍자仔작作잔孱잠岑잡雜장丈재再쟁爭저佇적勣전佃"
    "절切점占접接정丁제制조俎족族존存졸卒종倧좌佐죄罪주主죽竹준俊줄茁중中즉卽즐櫛즙楫증增지之"
    "직直진唇질侄짐斟집執징徵차且착捉찬撰찰刹참僭창倉채債책冊처凄척倜천仟철凸첨僉첩堞청廳체剃"
    "초初촉促촌寸총叢촬撮최催추墜축丑춘春출出충充췌悴취取측側층層치侈칙則친親칠七침侵칩蟄칭秤"
    "쾌快타他탁倬탄呑탈奪탐探탑塔탕宕태兌택擇탱撑터攄토兎통慟퇴堆투偸특慝틈闖파坡판判팔八패佩"
    "팽彭퍅愎편便폄貶평坪폐吠포佈폭幅표俵품品풍楓피彼필匹핍乏하下학壑한寒할割함函합合항亢해亥"
    "핵劾행倖향享허噓헌憲헐歇험險혁奕현俔혈孑혐嫌협俠형亨혜兮호乎혹惑혼婚홀忽홍哄화化확擴환丸"
    "활活황凰회匯획劃횡宖효哮후侯훈勛훙薨훤喧훼卉휘彙휴休휼恤흉兇흑黑흔昕흘吃흠欠흡吸흥興희僖"
    "힐詰"
)
_HANJA = "[\u4e00-\u9fff]"
_WORD_BEGINS = "(?<![\u4e00-\u9fff가-힣0-9])[\u4e00-\u9fff]"
_BEFORE_I = {2, 3, 6, 7, 12, 17, 20}
"""The vowels ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ, as they are counted in a syllable."""


@cache
def _readings() -> dict[int, str]:
    begins = dict(zip(_BEGINNINGS[1::2], _BEGINNINGS[::2], strict=True))
    reading, table = "", {}
    for row in range(0xCA, 0xFE):
        for hanja in bytes(b for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("euc_kr"):
            # The second and third reading of a hanja have places of their own, which NFC unifies.
            if hanja < "\uf900":
                reading = begins.get(hanja, reading)
                table[ord(hanja)] = reading
    return table


def _at_the_beginning(match: re.Match[str]) -> str:
    """A reading as it sounds where a word begins (두음법칙): 李 is 이 there, 리 elsewhere."""
    reading = _readings().get(ord(match[0]), match[0])
    initial, rest = divmod(ord(reading) - 0xAC00, 588)
    if initial == 5:
        initial = 11 if rest // 28 in _BEFORE_I else 2
    elif initial == 2 and rest // 28 in _BEFORE_I:
        initial = 11
    return chr(0xAC00 + initial * 588 + rest)


def read(text: str) -> str:
    """The text with each hanja of the standard as one syllable of Hangul: 對美 is 대미."""
    if not re.search(_HANJA, text):
        return text
    return re.sub(_WORD_BEGINS, _at_the_beginning, text).translate(_readings())
