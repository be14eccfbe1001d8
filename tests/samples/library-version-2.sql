BEGIN TRANSACTION;
CREATE TABLE documents (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT UNIQUE, asked TEXT NOT NULL, removed TEXT, digest TEXT NOT NULL,
            meeting INTEGER, kind TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL,
            held TEXT, published TEXT, place TEXT NOT NULL,
            official INTEGER NOT NULL, paragraphs INTEGER NOT NULL,
            file TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
            origin TEXT NOT NULL, rights TEXT NOT NULL, added TEXT
        );
INSERT INTO "documents" VALUES(1,'44','44',NULL,'f874bc74bba1a03cbadd87c82bc005a27ed804763055d2f41d7afa2d873f5b40',44,'communique','ko','제44차 한미안보협의회의 공동성명','2012-10-24',NULL,'워싱턴 D.C.',1,2,'44.txt','txt','9e4349abaff5747251cb90f923a09082886757f98e4253e095a48fd6af6a53d5','','','2026-01-05');
INSERT INTO "documents" VALUES(2,'44-2','44',NULL,'295ff9e812387f903afce6bfec43f7608b6100af38bf3623acf2ceea348b21c4',44,'communique','ko','둘째 사본','2012-10-24',NULL,'워싱턴 D.C.',1,2,'44.txt','txt','d621b4f20a0f3d52bd46eaa2054b5f970800c7d869dccb48e875b1c927860df8','','','2026-01-05');
INSERT INTO "documents" VALUES(3,NULL,'45','2026-11-22 09:36:23','b36fa986da4604cbdf3743447f36c79ed06b963f2113b2eae931ce9b4629f909',44,'communique','ko','제44차 한미안보협의회의 공동성명','2012-10-24',NULL,'워싱턴 D.C.',1,1,'44.txt','txt','283bb9deef02e6843abfb538efa1eca70801bd8a701c3f98191e123496339247','','','2026-01-05');
CREATE TABLE marks (
            letter TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            made TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "marks" VALUES('a','44:2.1','양측은 북한의 위협에 대한 공조를 재확인하였다.','제44차 한미안보협의회의가 워싱턴에서 개최되었다.','','2026-11-22T09:36:23Z');
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO "originals" VALUES('9e4349abaff5747251cb90f923a09082886757f98e4253e095a48fd6af6a53d5',X'312E20EC9B90EBB3B8');
INSERT INTO "originals" VALUES('d621b4f20a0f3d52bd46eaa2054b5f970800c7d869dccb48e875b1c927860df8',X'322E20EC9B90EBB3B8');
INSERT INTO "originals" VALUES('283bb9deef02e6843abfb538efa1eca70801bd8a701c3f98191e123496339247',X'676F6E65');
CREATE TABLE pins (
            pair TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            other TEXT NOT NULL, other_quote TEXT NOT NULL,
            other_before TEXT NOT NULL, other_after TEXT NOT NULL,
            together INTEGER NOT NULL,
            made TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "pins" VALUES('44:1 52:1','44:1','제44차 한미안보협의회의가 워싱턴에서 개최되었다.','','양측은 북한의 위협에 대한 공조를 재확인하였다.','52:1','제52차 한미안보협의회의(SCM)가 2020년 10월 14일 워싱턴에서 개최되었다. 이 회의는 서 욱 대한민국 국방부장관과 마크 에스퍼(Mark T. Esper) 미합중국 국방장관이 공동 주재하였으며, 양국의 국방 및 외교 분야 고위 관계관들이 참석하였다. 이 회의에 앞서 2020년 10월 13일 대한민국 합참의장 원인철 대장과 미합중국 합참의장 마크 밀리(Mark A. Milley) 대장이 제45차 한미군사위원회회의(MCM)를 주재하였다.','','양 장관은 SCM이 한미동맹의 발전에 있어 중추적인 역할을 해왔다고 평가',1,'2026-11-22T09:36:23Z');
CREATE TABLE places (
            document TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            row INTEGER NOT NULL,
            kept TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "places" VALUES('44','44:2.1','양측은 북한의 위협에 대한 공조를 재확인하였다.','제44차 한미안보협의회의가 워싱턴에서 개최되었다.','',3,'2026-11-22T09:36:23Z');
CREATE TABLE session (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
INSERT INTO "session" VALUES('','44');
INSERT INTO "session" VALUES('panes',2);
INSERT INTO "session" VALUES('theme','opcon');
CREATE TABLE shelf (version INTEGER NOT NULL);
INSERT INTO "shelf" VALUES(4);
CREATE TABLE texts (number INTEGER PRIMARY KEY, json TEXT NOT NULL);
INSERT INTO "texts" VALUES(1,'{
 "facts": {
  "id": "44",
  "meeting": 44,
  "kind": "communique",
  "language": "ko",
  "title": "제44차 한미안보협의회의 공동성명",
  "held": "2012-10-24",
  "published": null,
  "place": "워싱턴 D.C.",
  "official": true
 },
 "provenance": {
  "file": "44.txt",
  "format": "txt",
  "sha256": "9e4349abaff5747251cb90f923a09082886757f98e4253e095a48fd6af6a53d5",
  "origin": "",
  "rights": ""
 },
 "doubts": [
  {
   "kind": "join",
   "text": "한|미",
   "address": "44:1.1"
  }
 ],
 "dropped": [
  {
   "kind": "end-mark",
   "text": "//끝//",
   "address": null
  }
 ],
 "paragraphs": [
  {
   "number": 1,
   "heading": "",
   "start": 0,
   "end": 30,
   "parts": [
    {
     "start": 3,
     "end": 30,
     "text": "제44차 한미안보협의회의가 워싱턴에서 개최되었다."
    }
   ]
  },
  {
   "number": 2,
   "heading": "",
   "start": 31,
   "end": 60,
   "parts": [
    {
     "start": 34,
     "end": 60,
     "text": "양측은 북한의 위협에 대한 공조를 재확인하였다."
    }
   ]
  }
 ],
 "source": [
  "1. 제44차 한미안보협의회의가 워싱턴에서 개최되었다.",
  "2. 양측은 북한의 위협에 대한 공조를 재확인하였다."
 ]
}
');
INSERT INTO "texts" VALUES(2,'{
 "facts": {
  "id": "44",
  "meeting": 44,
  "kind": "communique",
  "language": "ko",
  "title": "둘째 사본",
  "held": "2012-10-24",
  "published": null,
  "place": "워싱턴 D.C.",
  "official": true
 },
 "provenance": {
  "file": "44.txt",
  "format": "txt",
  "sha256": "d621b4f20a0f3d52bd46eaa2054b5f970800c7d869dccb48e875b1c927860df8",
  "origin": "",
  "rights": ""
 },
 "doubts": [
  {
   "kind": "join",
   "text": "한|미",
   "address": "44:1.1"
  }
 ],
 "dropped": [
  {
   "kind": "end-mark",
   "text": "//끝//",
   "address": null
  }
 ],
 "paragraphs": [
  {
   "number": 1,
   "heading": "",
   "start": 0,
   "end": 30,
   "parts": [
    {
     "start": 3,
     "end": 30,
     "text": "제44차 한미안보협의회의가 워싱턴에서 개최되었다."
    }
   ]
  },
  {
   "number": 2,
   "heading": "",
   "start": 31,
   "end": 60,
   "parts": [
    {
     "start": 34,
     "end": 60,
     "text": "양측은 북한의 위협에 대한 공조를 재확인하였다."
    }
   ]
  }
 ],
 "source": [
  "1. 제44차 한미안보협의회의가 워싱턴에서 개최되었다.",
  "2. 양측은 북한의 위협에 대한 공조를 재확인하였다."
 ]
}
');
INSERT INTO "texts" VALUES(3,'{
 "facts": {
  "id": "45",
  "meeting": 44,
  "kind": "communique",
  "language": "ko",
  "title": "제44차 한미안보협의회의 공동성명",
  "held": "2012-10-24",
  "published": null,
  "place": "워싱턴 D.C.",
  "official": true
 },
 "provenance": {
  "file": "44.txt",
  "format": "txt",
  "sha256": "283bb9deef02e6843abfb538efa1eca70801bd8a701c3f98191e123496339247",
  "origin": "",
  "rights": ""
 },
 "doubts": [
  {
   "kind": "join",
   "text": "한|미",
   "address": "45:1.1"
  }
 ],
 "dropped": [
  {
   "kind": "end-mark",
   "text": "//끝//",
   "address": null
  }
 ],
 "paragraphs": [
  {
   "number": 1,
   "heading": "",
   "start": 0,
   "end": 11,
   "parts": [
    {
     "start": 3,
     "end": 11,
     "text": "지울 문서이다."
    }
   ]
  }
 ],
 "source": [
  "1. 지울 문서이다."
 ]
}
');
CREATE TRIGGER document_added AFTER INSERT ON documents
            BEGIN UPDATE shelf SET version = version + 1; END;
CREATE TRIGGER document_changed AFTER UPDATE ON documents
            BEGIN UPDATE shelf SET version = version + 1; END;
CREATE TRIGGER document_swept AFTER DELETE ON documents
            BEGIN UPDATE shelf SET version = version + 1; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('documents',3);
COMMIT;
