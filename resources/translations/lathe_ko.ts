<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>ControlWords</name>
    <message>
        <source>learning rate × %1</source>
        <translation>학습률 × %1</translation>
    </message>
    <message>
        <source>clip as set</source>
        <translation>클리핑 설정대로</translation>
    </message>
    <message>
        <source>clip %1</source>
        <translation>클리핑 %1</translation>
    </message>
    <message>
        <source>no stop at a step</source>
        <translation>스텝 중지 해제</translation>
    </message>
    <message>
        <source>stop at step %1</source>
        <translation>스텝 %1에서 중지</translation>
    </message>
    <message>
        <source>no stop at a loss</source>
        <translation>손실 중지 해제</translation>
    </message>
    <message>
        <source>stop at loss %1</source>
        <translation>손실 %1에서 중지</translation>
    </message>
    <message>
        <source>no stop by time</source>
        <translation>시간 중지 해제</translation>
    </message>
    <message>
        <source>stop after %1</source>
        <translation>%1 후 중지</translation>
    </message>
    <message>
        <source>no patience set</source>
        <translation>인내 횟수 해제</translation>
    </message>
    <message>
        <source>patience %1</source>
        <translation>인내 횟수 %1</translation>
    </message>
    <message>
        <source>validation loss rises: %1 now, the best was %2 at step %3</source>
        <translation>검증 손실이 오르고 있습니다: 지금 %1, 최저는 스텝 %3의 %2</translation>
    </message>
    <message>
        <source>stopped by you</source>
        <translation>사용자가 중지함</translation>
    </message>
    <message>
        <source>stopped at the step that was set</source>
        <translation>정한 스텝에서 중지됨</translation>
    </message>
    <message>
        <source>stopped at the validation loss that was set</source>
        <translation>정한 검증 손실에 이르러 중지됨</translation>
    </message>
    <message>
        <source>stopped when the time that was set was over</source>
        <translation>정한 시간이 지나 중지됨</translation>
    </message>
    <message>
        <source>stopped when the validation loss got no better</source>
        <translation>검증 손실이 더 나아지지 않아 중지됨</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Copy details</source>
        <translation>세부 정보 복사</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ConversationText</name>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>You</source>
        <translation>나</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>ended by itself</source>
        <translation>스스로 끝남</translation>
    </message>
    <message>
        <source>token limit reached</source>
        <translation>토큰 한도 도달</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>cut off before it ended</source>
        <translation>끝나기 전에 끊김</translation>
    </message>
</context>
<context>
    <name>DataWords</name>
    <message>
        <source>Unicode NFC</source>
        <translation>유니코드 NFC</translation>
    </message>
    <message>
        <source>control characters</source>
        <translation>제어 문자</translation>
    </message>
    <message>
        <source>blanks</source>
        <translation>공백</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>너무 짧음</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>너무 김</translation>
    </message>
    <message>
        <source>too many symbols</source>
        <translation>기호가 너무 많음</translation>
    </message>
    <message>
        <source>drop_pattern matches</source>
        <translation>drop_pattern과 일치</translation>
    </message>
    <message>
        <source>keep_pattern does not match</source>
        <translation>keep_pattern과 불일치</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>제외: %1</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>changes %1</source>
        <translation>%1개 변경</translation>
    </message>
    <message>
        <source>leaves out %1 (%2)</source>
        <translation>%1개 제외 (%2)</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>bad row</source>
        <translation>잘못된 행</translation>
    </message>
    <message>
        <source>empty row</source>
        <translation>빈 행</translation>
    </message>
    <message>
        <source>not UTF-8</source>
        <translation>UTF-8 아님</translation>
    </message>
    <message>
        <source>control character</source>
        <translation>제어 문자</translation>
    </message>
    <message>
        <source>lost character (U+FFFD)</source>
        <translation>깨진 문자 (U+FFFD)</translation>
    </message>
    <message>
        <source>very long</source>
        <translation>매우 김</translation>
    </message>
    <message>
        <source>control characters out</source>
        <translation>제어 문자 제거</translation>
    </message>
    <message>
        <source>blanks tidied</source>
        <translation>공백 정리</translation>
    </message>
    <message>
        <source>duplicates out</source>
        <translation>중복 제거</translation>
    </message>
    <message>
        <source>at least %1 characters</source>
        <translation>%1자 이상</translation>
    </message>
    <message>
        <source>at most %1 characters</source>
        <translation>%1자 이하</translation>
    </message>
    <message>
        <source>at most %1 symbols</source>
        <translation>기호 %1 이하</translation>
    </message>
    <message>
        <source>without /%1/</source>
        <translation>/%1/ 제외</translation>
    </message>
    <message>
        <source>with /%1/</source>
        <translation>/%1/ 포함</translation>
    </message>
    <message>
        <source>%1 held back</source>
        <translation>%1 검증용</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>원본 그대로</translation>
    </message>
    <message>
        <source>table of examples</source>
        <translation>예시 표</translation>
    </message>
    <message>
        <source>%1 · %2 documents · %3</source>
        <translation>%1 · 문서 %2개 · %3</translation>
    </message>
    <message>
        <source>in one file</source>
        <translation>파일 1개</translation>
    </message>
    <message>
        <source>in %1 files</source>
        <translation>파일 %1개</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>%1 files not read</source>
        <translation>읽지 못한 파일 %1개</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1자</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>%1 bytes a token</source>
        <translation>토큰당 %1바이트</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>Odd lines</source>
        <translation>이상한 줄</translation>
    </message>
    <message>
        <source>listed below</source>
        <translation>아래 목록</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>%1 has failed</source>
        <translation>%1: 실패했습니다</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 스텝</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>손실 %1</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>%1 is finished</source>
        <translation>%1: 끝났습니다</translation>
    </message>
    <message>
        <source>%1 was stopped</source>
        <translation>%1: 멈췄습니다</translation>
    </message>
    <message>
        <source>A model is being trained</source>
        <translation>모델을 학습하고 있습니다</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>%2 스텝 중 %1</translation>
    </message>
    <message>
        <source>Show Lathe</source>
        <translation>Lathe 보이기</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>실행 계속</translation>
    </message>
    <message>
        <source>Pause the run</source>
        <translation>실행 일시 정지</translation>
    </message>
    <message>
        <source>Save and stop the run</source>
        <translation>실행 저장하고 멈추기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Long work goes on</source>
        <translation>긴 작업을 하고 있습니다</translation>
    </message>
    <message>
        <source>It took %1.</source>
        <translation>%1 걸렸습니다.</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>0 bytes</source>
        <translation>0바이트</translation>
    </message>
    <message>
        <source>0 to 0.5</source>
        <translation>0~0.5</translation>
    </message>
    <message>
        <source>1 to 1024 bytes</source>
        <translation>1~1024바이트</translation>
    </message>
    <message>
        <source>2 to 16777216</source>
        <translation>2~16777216</translation>
    </message>
    <message>
        <source>ByteLevel</source>
        <translation>ByteLevel</translation>
    </message>
    <message>
        <source>F32, BF16 or F16</source>
        <translation>F32, BF16 또는 F16</translation>
    </message>
    <message>
        <source>F32, F16, BF16 or F64</source>
        <translation>F32, F16, BF16 또는 F64</translation>
    </message>
    <message>
        <source>KEY=VALUE, as train.seed=1</source>
        <translation>KEY=VALUE 형식(예: train.seed=1)</translation>
    </message>
    <message>
        <source>SHA-256 failed</source>
        <translation>SHA-256 계산 실패</translation>
    </message>
    <message>
        <source>UTF-8 text</source>
        <translation>UTF-8 텍스트</translation>
    </message>
    <message>
        <source>a NUL byte</source>
        <translation>NUL 바이트</translation>
    </message>
    <message>
        <source>a NUL byte, as in UTF-16 or a binary file</source>
        <translation>NUL 바이트(UTF-16이나 이진 파일에 있음)</translation>
    </message>
    <message>
        <source>a config for a fresh run</source>
        <translation>새 실행의 설정</translation>
    </message>
    <message>
        <source>a database of Lathe</source>
        <translation>Lathe 데이터베이스</translation>
    </message>
    <message>
        <source>a database</source>
        <translation>데이터베이스</translation>
    </message>
    <message>
        <source>a file at rest</source>
        <translation>변경 중이 아닌 파일</translation>
    </message>
    <message>
        <source>a file in its folder</source>
        <translation>같은 폴더 안의 파일</translation>
    </message>
    <message>
        <source>a file name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>a finite loss and gradient</source>
        <translation>유한한 손실과 기울기</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>a header of JSON in UTF-8</source>
        <translation>UTF-8 JSON 헤더</translation>
    </message>
    <message>
        <source>a header of at most 100 MB and 262144 tensors</source>
        <translation>100 MB 이하, 텐서 262144개 이하의 헤더</translation>
    </message>
    <message>
        <source>a header of at most 100000000 bytes</source>
        <translation>100000000바이트 이하의 헤더</translation>
    </message>
    <message>
        <source>a larger one</source>
        <translation>더 큰 값</translation>
    </message>
    <message>
        <source>a link or device</source>
        <translation>링크 또는 장치</translation>
    </message>
    <message>
        <source>a link that leads out of it</source>
        <translation>폴더 밖을 가리키는 링크</translation>
    </message>
    <message>
        <source>a new id</source>
        <translation>새 ID</translation>
    </message>
    <message>
        <source>a new or empty folder</source>
        <translation>새 폴더 또는 빈 폴더</translation>
    </message>
    <message>
        <source>a pair of tokens</source>
        <translation>토큰 쌍</translation>
    </message>
    <message>
        <source>a pattern that can be matched in reasonable time</source>
        <translation>적당한 시간 안에 매칭되는 패턴</translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation>정규식</translation>
    </message>
    <message>
        <source>a regular file</source>
        <translation>일반 파일</translation>
    </message>
    <message>
        <source>a rollback journal</source>
        <translation>롤백 저널</translation>
    </message>
    <message>
        <source>a run id as `lathe-cli runs list` shows it</source>
        <translation>`lathe-cli runs list`에 표시되는 실행 ID</translation>
    </message>
    <message>
        <source>a run with a validation split</source>
        <translation>검증 데이터가 있는 실행</translation>
    </message>
    <message>
        <source>a tensor of this name</source>
        <translation>이 이름의 텐서</translation>
    </message>
    <message>
        <source>a token cache</source>
        <translation>토큰 캐시</translation>
    </message>
    <message>
        <source>a value of the wrong kind</source>
        <translation>자료형이 다른 값</translation>
    </message>
    <message>
        <source>an id of its own</source>
        <translation>고유한 ID</translation>
    </message>
    <message>
        <source>an id of the vocabulary</source>
        <translation>어휘에 있는 ID</translation>
    </message>
    <message>
        <source>an id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>an integer</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>another encoding</source>
        <translation>다른 인코딩</translation>
    </message>
    <message>
        <source>another one</source>
        <translation>다른 것</translation>
    </message>
    <message>
        <source>another process with a log</source>
        <translation>로그를 쓰는 다른 프로세스</translation>
    </message>
    <message>
        <source>at least 1</source>
        <translation>1 이상</translation>
    </message>
    <message>
        <source>at least 2 tokens of one document to train on</source>
        <translation>학습에 쓸 한 문서의 토큰 2개 이상</translation>
    </message>
    <message>
        <source>at least 8 bytes</source>
        <translation>8바이트 이상</translation>
    </message>
    <message>
        <source>at least one prompt</source>
        <translation>프롬프트 하나 이상</translation>
    </message>
    <message>
        <source>at least one token</source>
        <translation>토큰 하나 이상</translation>
    </message>
    <message>
        <source>at least two tokens of text</source>
        <translation>텍스트 토큰 2개 이상</translation>
    </message>
    <message>
        <source>at most 16 MiB a line</source>
        <translation>한 줄에 16 MiB 이하</translation>
    </message>
    <message>
        <source>at most 16 steps</source>
        <translation>단계 16개 이하</translation>
    </message>
    <message>
        <source>at most 2147483647 bytes</source>
        <translation>2147483647바이트 이하</translation>
    </message>
    <message>
        <source>at most 5 % bad rows</source>
        <translation>잘못된 행 5 % 이하</translation>
    </message>
    <message>
        <source>at most 65536 bytes of pattern</source>
        <translation>65536바이트 이하의 패턴</translation>
    </message>
    <message>
        <source>different texts of two bytes or more</source>
        <translation>2바이트 이상의 서로 다른 텍스트</translation>
    </message>
    <message>
        <source>each tensor in one shard</source>
        <translation>텐서마다 샤드 하나</translation>
    </message>
    <message>
        <source>each tensor once and of a possible size</source>
        <translation>텐서마다 한 번씩, 가능한 크기</translation>
    </message>
    <message>
        <source>each tensor once</source>
        <translation>텐서마다 한 번씩</translation>
    </message>
    <message>
        <source>fewer than 2^32 different words</source>
        <translation>서로 다른 단어 2^32개 미만</translation>
    </message>
    <message>
        <source>fewer than 2^32 documents</source>
        <translation>문서 2^32개 미만</translation>
    </message>
    <message>
        <source>files and folders</source>
        <translation>파일과 폴더</translation>
    </message>
    <message>
        <source>files as its manifest says</source>
        <translation>매니페스트와 일치하는 파일</translation>
    </message>
    <message>
        <source>files or folders of text</source>
        <translation>텍스트 파일 또는 폴더</translation>
    </message>
    <message>
        <source>it changed while it was read</source>
        <translation>읽는 동안 변경됨</translation>
    </message>
    <message>
        <source>it gives up on this text</source>
        <translation>이 텍스트에서 매칭을 포기함</translation>
    </message>
    <message>
        <source>it twice</source>
        <translation>두 번</translation>
    </message>
    <message>
        <source>last, best or a step</source>
        <translation>last, best 또는 스텝 번호</translation>
    </message>
    <message>
        <source>more</source>
        <translation>그보다 많음</translation>
    </message>
    <message>
        <source>no + after {}</source>
        <translation>{} 뒤에 + 없음</translation>
    </message>
    <message>
        <source>no decomposition</source>
        <translation>분해 결과 없음</translation>
    </message>
    <message>
        <source>no other run in training</source>
        <translation>학습 중인 다른 실행 없음</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>one Lathe at a time</source>
        <translation>한 번에 Lathe 하나</translation>
    </message>
    <message>
        <source>one such token</source>
        <translation>같은 토큰은 하나</translation>
    </message>
    <message>
        <source>one that verifies</source>
        <translation>무결성이 확인된 체크포인트</translation>
    </message>
    <message>
        <source>rows of two or more token ids of the model</source>
        <translation>모델의 토큰 ID가 둘 이상인 행</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>다른 내용</translation>
    </message>
    <message>
        <source>text to train a tokenizer on</source>
        <translation>토크나이저를 학습할 텍스트</translation>
    </message>
    <message>
        <source>the crypto library has no SHA-256</source>
        <translation>암호화 라이브러리에 SHA-256 없음</translation>
    </message>
    <message>
        <source>the end of a file that became shorter</source>
        <translation>읽는 동안 짧아진 파일의 끝</translation>
    </message>
    <message>
        <source>the name of a .safetensors file in the same folder</source>
        <translation>같은 폴더에 있는 .safetensors 파일의 이름</translation>
    </message>
    <message>
        <source>the shape of the model&apos;s parameter</source>
        <translation>모델 파라미터의 형상</translation>
    </message>
    <message>
        <source>the value that the run began with</source>
        <translation>실행을 시작할 때의 값</translation>
    </message>
    <message>
        <source>tokens of the vocabulary</source>
        <translation>어휘에 있는 토큰</translation>
    </message>
    <message>
        <source>two</source>
        <translation>두 개</translation>
    </message>
    <message>
        <source>%1 as in model.vocab</source>
        <translation>%1 (model.vocab과 같은 값)</translation>
    </message>
    <message>
        <source>%1 bytes free</source>
        <translation>남은 공간 %1바이트</translation>
    </message>
    <message>
        <source>%1 bytes left in the file</source>
        <translation>파일에 남은 %1바이트</translation>
    </message>
    <message>
        <source>%1 bytes more</source>
        <translation>%1바이트 더</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>%1 bytes, where the last tensor ends</source>
        <translation>%1바이트(마지막 텐서의 끝)</translation>
    </message>
    <message>
        <source>%1 entries, as num_hidden_layers</source>
        <translation>num_hidden_layers와 같은 %1개</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%2의 %1</translation>
    </message>
    <message>
        <source>%1 in the weights</source>
        <translation>가중치의 %1</translation>
    </message>
    <message>
        <source>%1 more bytes at %2</source>
        <translation>%2 위치에서 %1바이트 더</translation>
    </message>
    <message>
        <source>%1 parameters, as it says</source>
        <translation>파일에 적힌 파라미터 %1개</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>%1 tokens in %2 documents</source>
        <translation>문서 %2개의 토큰 %1개</translation>
    </message>
    <message>
        <source>%1, of a newer Lathe</source>
        <translation>%1(더 새로운 Lathe의 것)</translation>
    </message>
    <message>
        <source>0 to %1</source>
        <translation>0~%1</translation>
    </message>
    <message>
        <source>1 to %1</source>
        <translation>1~%1</translation>
    </message>
    <message>
        <source>2 to %1</source>
        <translation>2~%1</translation>
    </message>
    <message>
        <source>a device, pipe or socket</source>
        <translation>장치, 파이프 또는 소켓</translation>
    </message>
    <message>
        <source>a file that is already there</source>
        <translation>이미 있는 파일</translation>
    </message>
    <message>
        <source>a folder that is already there</source>
        <translation>이미 있는 폴더</translation>
    </message>
    <message>
        <source>a folder to replace</source>
        <translation>바꿀 폴더</translation>
    </message>
    <message>
        <source>a header of %1 bytes</source>
        <translation>%1바이트 헤더</translation>
    </message>
    <message>
        <source>a new name</source>
        <translation>새 이름</translation>
    </message>
    <message>
        <source>a run with a checkpoint</source>
        <translation>체크포인트가 있는 실행</translation>
    </message>
    <message>
        <source>a run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>a tokenizer.json</source>
        <translation>tokenizer.json</translation>
    </message>
    <message>
        <source>an id below %1</source>
        <translation>%1 미만의 id</translation>
    </message>
    <message>
        <source>an id from 0 to %1</source>
        <translation>0~%1의 id</translation>
    </message>
    <message>
        <source>an overlap</source>
        <translation>겹침</translation>
    </message>
    <message>
        <source>at least the tokenizer&apos;s %1</source>
        <translation>토크나이저의 %1 이상</translation>
    </message>
    <message>
        <source>at most %1 bytes (limit of this process)</source>
        <translation>%1바이트 이하(이 프로세스의 한도)</translation>
    </message>
    <message>
        <source>at most %1 bytes</source>
        <translation>%1바이트 이하</translation>
    </message>
    <message>
        <source>at most %1 for this text</source>
        <translation>이 텍스트에는 %1 이하</translation>
    </message>
    <message>
        <source>at most %1 shards</source>
        <translation>샤드 %1개 이하</translation>
    </message>
    <message>
        <source>at most %1 tokens</source>
        <translation>토큰 %1개 이하</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>%1 이하</translation>
    </message>
    <message>
        <source>at most the model&apos;s context of %1 tokens</source>
        <translation>모델 컨텍스트인 토큰 %1개 이하</translation>
    </message>
    <message>
        <source>data from byte %1</source>
        <translation>%1바이트부터의 데이터</translation>
    </message>
    <message>
        <source>elements below %1</source>
        <translation>%1 미만의 원소</translation>
    </message>
    <message>
        <source>epoch %1, row %2</source>
        <translation>에포크 %1, 행 %2</translation>
    </message>
    <message>
        <source>fewer than the context of %1 tokens</source>
        <translation>컨텍스트인 토큰 %1개 미만</translation>
    </message>
    <message>
        <source>loss %1, gradient norm %2</source>
        <translation>손실 %1, 기울기 노름 %2</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>row 0 to %1</source>
        <translation>0~%1행</translation>
    </message>
    <message>
        <source>rows of %1</source>
        <translation>행 %1개씩</translation>
    </message>
    <message>
        <source>rows with text</source>
        <translation>텍스트가 있는 행</translation>
    </message>
    <message>
        <source>text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>the quota is used up</source>
        <translation>할당량을 모두 씀</translation>
    </message>
    <message>
        <source>tokenizer.json in the folder</source>
        <translation>폴더 안의 tokenizer.json</translation>
    </message>
    <message>
        <source>tokens from 0 to %1</source>
        <translation>0~%1의 토큰</translation>
    </message>
    <message>
        <source>a folder or a run</source>
        <translation>폴더 또는 실행</translation>
    </message>
    <message>
        <source>a run in training</source>
        <translation>학습 중인 실행</translation>
    </message>
    <message>
        <source>at least one</source>
        <translation>하나 이상</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1개 행</translation>
    </message>
    <message>
        <source>each tensor under one name</source>
        <translation>텐서마다 하나의 이름</translation>
    </message>
    <message>
        <source>whole heads of %1 rows</source>
        <translation>%1개 행으로 된 온전한 헤드</translation>
    </message>
    <message>
        <source> dimensions</source>
        <translation> 차원</translation>
    </message>
    <message>
        <source>%1 by shape and dtype</source>
        <translation>모양과 dtype에 따르면 %1</translation>
    </message>
    <message>
        <source>%1 bytes as data_offsets say</source>
        <translation>data_offsets에 따르면 %1바이트</translation>
    </message>
    <message>
        <source>%1 bytes where %2 are left</source>
        <translation>%1바이트, 남은 것은 %2바이트</translation>
    </message>
    <message>
        <source>%1 entries where %2 bytes are left</source>
        <translation>항목 %1개, 남은 것은 %2바이트</translation>
    </message>
    <message>
        <source>%1 factors</source>
        <translation>계수 %1개</translation>
    </message>
    <message>
        <source>%1 left in the file</source>
        <translation>파일에 남은 것은 %1</translation>
    </message>
    <message>
        <source>%1, the head&apos;s</source>
        <translation>%1, 헤드의 크기</translation>
    </message>
    <message>
        <source>0 &lt;= begin &lt;= end &lt;= %1</source>
        <translation>0 &lt;= 시작 &lt;= 끝 &lt;= %1</translation>
    </message>
    <message>
        <source>0 or 1</source>
        <translation>0 또는 1</translation>
    </message>
    <message>
        <source>1 to 1e6</source>
        <translation>1~1e6</translation>
    </message>
    <message>
        <source>1 to 4 dimensions</source>
        <translation>1~4차원</translation>
    </message>
    <message>
        <source>1 to 6</source>
        <translation>1~6</translation>
    </message>
    <message>
        <source>GGUF at its start</source>
        <translation>시작 부분의 GGUF</translation>
    </message>
    <message>
        <source>GGUF version 2 or 3</source>
        <translation>GGUF 버전 2 또는 3</translation>
    </message>
    <message>
        <source>a big-endian one</source>
        <translation>빅 엔디언 파일</translation>
    </message>
    <message>
        <source>a dtype of BOOL, I8 to U64, F16, BF16, F32, F64</source>
        <translation>BOOL, I8~U64, F16, BF16, F32, F64 중 하나의 dtype</translation>
    </message>
    <message>
        <source>a file of %1</source>
        <translation>%1바이트의 파일</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>유한한 수</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>텍스트 목록</translation>
    </message>
    <message>
        <source>a little-endian GGUF file</source>
        <translation>리틀 엔디언 GGUF 파일</translation>
    </message>
    <message>
        <source>a matrix of a row for each token</source>
        <translation>토큰마다 한 행이 있는 행렬</translation>
    </message>
    <message>
        <source>a model in one file</source>
        <translation>한 파일로 된 모델</translation>
    </message>
    <message>
        <source>a name of at most %1 bytes</source>
        <translation>최대 %1바이트의 이름</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>0보다 큰 수</translation>
    </message>
    <message>
        <source>a number below 2^63</source>
        <translation>2^63보다 작은 수</translation>
    </message>
    <message>
        <source>a power of two from 8 to 65536</source>
        <translation>8~65536의 2의 거듭제곱</translation>
    </message>
    <message>
        <source>a shape beyond 2^63 bytes</source>
        <translation>2^63바이트를 넘는 모양</translation>
    </message>
    <message>
        <source>a shape of more bytes than the file has</source>
        <translation>파일보다 큰 모양</translation>
    </message>
    <message>
        <source>a tensor within the file</source>
        <translation>파일 안에 있는 텐서</translation>
    </message>
    <message>
        <source>a token&apos;s id</source>
        <translation>토큰의 id</translation>
    </message>
    <message>
        <source>a value type from 0 to 12</source>
        <translation>0~12의 값 타입</translation>
    </message>
    <message>
        <source>a value within the file</source>
        <translation>파일 안에 있는 값</translation>
    </message>
    <message>
        <source>an array of arrays</source>
        <translation>배열의 배열</translation>
    </message>
    <message>
        <source>an array of numbers or texts</source>
        <translation>수나 텍스트의 배열</translation>
    </message>
    <message>
        <source>an array within the file</source>
        <translation>파일 안에 있는 배열</translation>
    </message>
    <message>
        <source>an offset of a multiple of %1</source>
        <translation>%1의 배수인 오프셋</translation>
    </message>
    <message>
        <source>an offset within the file</source>
        <translation>파일 안의 오프셋</translation>
    </message>
    <message>
        <source>an overlap at byte %1</source>
        <translation>%1바이트에서 겹침</translation>
    </message>
    <message>
        <source>another type</source>
        <translation>다른 타입</translation>
    </message>
    <message>
        <source>at least one row</source>
        <translation>최소 한 행</translation>
    </message>
    <message>
        <source>at most %1 tensors</source>
        <translation>최대 텐서 %1개</translation>
    </message>
    <message>
        <source>byte 0</source>
        <translation>바이트 0</translation>
    </message>
    <message>
        <source>data up to byte %1</source>
        <translation>%1바이트까지의 데이터</translation>
    </message>
    <message>
        <source>dimensions below 2^63</source>
        <translation>2^63보다 작은 차원</translation>
    </message>
    <message>
        <source>dtype, shape and data_offsets</source>
        <translation>dtype, shape와 data_offsets</translation>
    </message>
    <message>
        <source>dtype, shape, data_offsets</source>
        <translation>dtype, shape, data_offsets</translation>
    </message>
    <message>
        <source>each key once</source>
        <translation>키마다 한 번</translation>
    </message>
    <message>
        <source>false</source>
        <translation>false</translation>
    </message>
    <message>
        <source>gpt2</source>
        <translation>gpt2</translation>
    </message>
    <message>
        <source>metadata of at most %1 bytes</source>
        <translation>최대 %1바이트의 메타데이터</translation>
    </message>
    <message>
        <source>no byte token in a vocabulary of bytes</source>
        <translation>바이트 어휘에 바이트 토큰이 없음</translation>
    </message>
    <message>
        <source>no data_offsets</source>
        <translation>data_offsets 없음</translation>
    </message>
    <message>
        <source>no dtype</source>
        <translation>dtype 없음</translation>
    </message>
    <message>
        <source>no experts</source>
        <translation>전문가 없음</translation>
    </message>
    <message>
        <source>no shape</source>
        <translation>shape 없음</translation>
    </message>
    <message>
        <source>none beside rope_freqs.weight</source>
        <translation>rope_freqs.weight와 함께라면 없음</translation>
    </message>
    <message>
        <source>none, linear or yarn</source>
        <translation>none, linear 또는 yarn</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>%1개 중 하나</translation>
    </message>
    <message>
        <source>others</source>
        <translation>다른 값</translation>
    </message>
    <message>
        <source>qwen2, llama-bpe, smollm or gpt-2</source>
        <translation>qwen2, llama-bpe, smollm 또는 gpt-2</translation>
    </message>
    <message>
        <source>qwen3, qwen2 or llama</source>
        <translation>qwen3, qwen2 또는 llama</translation>
    </message>
    <message>
        <source>rows of a multiple of %1</source>
        <translation>%1의 배수인 행</translation>
    </message>
    <message>
        <source>the factors of Llama 3</source>
        <translation>Llama 3의 계수</translation>
    </message>
    <message>
        <source>the way text is cut</source>
        <translation>텍스트를 나누는 방법</translation>
    </message>
    <message>
        <source>true</source>
        <translation>true</translation>
    </message>
    <message>
        <source>two offsets</source>
        <translation>오프셋 두 개</translation>
    </message>
    <message>
        <source>version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>a range of at most %1 items</source>
        <translation>%1개 이하의 범위</translation>
    </message>
    <message>
        <source>a recursive loop</source>
        <translation>재귀 반복문</translation>
    </message>
    <message>
        <source>a required block</source>
        <translation>required 블록</translation>
    </message>
    <message>
        <source>a template of at most %1 bytes</source>
        <translation>%1바이트 이하의 템플릿</translation>
    </message>
    <message>
        <source>a text, or a list of name and template</source>
        <translation>텍스트, 또는 name과 template의 목록</translation>
    </message>
    <message>
        <source>an undefined value</source>
        <translation>정의되지 않은 값</translation>
    </message>
    <message>
        <source>at most %1 bytes of template memory</source>
        <translation>%1바이트 이하의 템플릿 메모리</translation>
    </message>
    <message>
        <source>at most %1 bytes of template output</source>
        <translation>%1바이트 이하의 템플릿 출력</translation>
    </message>
    <message>
        <source>at most %1 levels of template recursion</source>
        <translation>%1단계 이하의 템플릿 재귀</translation>
    </message>
    <message>
        <source>at most %1 ms for a template</source>
        <translation>템플릿에 %1 ms 이하</translation>
    </message>
    <message>
        <source>at most %1 operators in a row</source>
        <translation>%1개 이하의 연속된 연산자</translation>
    </message>
    <message>
        <source>at most %1 template steps</source>
        <translation>%1단계 이하의 템플릿 실행</translation>
    </message>
    <message>
        <source>brackets and blocks nested at most %1 deep</source>
        <translation>%1겹 이하의 괄호와 블록</translation>
    </message>
    <message>
        <source>no attribute that begins with __</source>
        <translation>__로 시작하지 않는 속성</translation>
    </message>
    <message>
        <source>one named default</source>
        <translation>이름이 default인 항목</translation>
    </message>
    <message>
        <source>values nested at most %1 deep</source>
        <translation>%1겹 이하로 중첩된 값</translation>
    </message>
    <message>
        <source>an array of messages, or an object</source>
        <translation>메시지 배열 또는 객체</translation>
    </message>
    <message>
        <source>an array of objects</source>
        <translation>객체의 배열</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>LoRA of an embedding</source>
        <translation>임베딩의 LoRA</translation>
    </message>
    <message>
        <source>a bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>all modules that have tensors</source>
        <translation>텐서가 있는 모든 모듈</translation>
    </message>
    <message>
        <source>an executable format</source>
        <translation>실행 가능한 형식</translation>
    </message>
    <message>
        <source>another tensor</source>
        <translation>다른 텐서</translation>
    </message>
    <message>
        <source>at most %1 of U8</source>
        <translation>U8 최대 %1개</translation>
    </message>
    <message>
        <source>base_model.model.MODULE.lora_A.weight and lora_B.weight alone</source>
        <translation>base_model.model.MODULE.lora_A.weight와 lora_B.weight만</translation>
    </message>
    <message>
        <source>finite numbers</source>
        <translation>유한한 수</translation>
    </message>
    <message>
        <source>lora_A and lora_B</source>
        <translation>lora_A와 lora_B</translation>
    </message>
    <message>
        <source>modules of the adapter</source>
        <translation>어댑터의 모듈</translation>
    </message>
    <message>
        <source>modules of the base, in its shapes</source>
        <translation>기반 모델의 모듈과 같은 모양</translation>
    </message>
    <message>
        <source>nf4</source>
        <translation>nf4</translation>
    </message>
    <message>
        <source>the levels of NF4</source>
        <translation>NF4의 값 16개</translation>
    </message>
    <message>
        <source>%1 bytes, as planned</source>
        <translation>계획된 %1바이트</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>a name inside the folder</source>
        <translation>폴더 안의 이름</translation>
    </message>
    <message>
        <source>a possible size</source>
        <translation>가능한 크기</translation>
    </message>
    <message>
        <source>a server that tells the size</source>
        <translation>크기를 알려 주는 서버</translation>
    </message>
    <message>
        <source>an adapter to merge into the model</source>
        <translation>모델에 병합할 어댑터</translation>
    </message>
    <message>
        <source>an adapter</source>
        <translation>어댑터</translation>
    </message>
    <message>
        <source>an https address</source>
        <translation>https 주소</translation>
    </message>
    <message>
        <source>another</source>
        <translation>다른 값</translation>
    </message>
    <message>
        <source>at least two tokens</source>
        <translation>토큰 2개 이상</translation>
    </message>
    <message>
        <source>at most %1 files and %2 models</source>
        <translation>파일 %1개, 모델 %2개 이하</translation>
    </message>
    <message>
        <source>at most %1 pages</source>
        <translation>%1쪽 이하</translation>
    </message>
    <message>
        <source>at most %1 redirects</source>
        <translation>리디렉션 %1회 이하</translation>
    </message>
    <message>
        <source>at most %1 tokens, the vocab_size</source>
        <translation>vocab_size인 토큰 %1개 이하</translation>
    </message>
    <message>
        <source>below the vocab_size, %1</source>
        <translation>vocab_size %1 미만</translation>
    </message>
    <message>
        <source>each name once</source>
        <translation>이름마다 한 번씩</translation>
    </message>
    <message>
        <source>every tensor of the model in its shape</source>
        <translation>모델의 모든 텐서가 제 형상으로</translation>
    </message>
    <message>
        <source>f32, f16, bf16, q8_0, q4_0 or q4_k_m</source>
        <translation>f32, f16, bf16, q8_0, q4_0 또는 q4_k_m</translation>
    </message>
    <message>
        <source>float32, bfloat16, float16 or auto</source>
        <translation>float32, bfloat16, float16 또는 auto</translation>
    </message>
    <message>
        <source>hf, merged, adapter, nf4 or gguf</source>
        <translation>hf, merged, adapter, nf4 또는 gguf</translation>
    </message>
    <message>
        <source>its licence accepted on its page, and the access token of who did</source>
        <translation>페이지에서 라이선스에 동의한 사용자의 액세스 토큰</translation>
    </message>
    <message>
        <source>letters, digits and signs</source>
        <translation>글자, 숫자, 기호</translation>
    </message>
    <message>
        <source>libcurl does not start</source>
        <translation>libcurl을 시작할 수 없음</translation>
    </message>
    <message>
        <source>model.safetensors or a .gguf file</source>
        <translation>model.safetensors 또는 .gguf 파일</translation>
    </message>
    <message>
        <source>more; those beyond are not listed</source>
        <translation>그보다 많음(나머지는 표시하지 않음)</translation>
    </message>
    <message>
        <source>neither</source>
        <translation>둘 다 없음</translation>
    </message>
    <message>
        <source>no quotes at its end</source>
        <translation>끝에 따옴표가 없는 글</translation>
    </message>
    <message>
        <source>one of a model</source>
        <translation>모델의 텐서</translation>
    </message>
    <message>
        <source>org/name, org/name/FILE.gguf, or the address of one of them or of a .gguf file</source>
        <translation>org/name, org/name/FILE.gguf, 또는 그 주소나 .gguf 파일의 주소</translation>
    </message>
    <message>
        <source>sha256: and 64 hex digits</source>
        <translation>sha256:과 16진수 64자리</translation>
    </message>
    <message>
        <source>the 16-bit base</source>
        <translation>16비트 베이스 모델</translation>
    </message>
    <message>
        <source>them switched off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>them switched on in the settings</source>
        <translation>설정에서 켜기</translation>
    </message>
    <message>
        <source>weights that NF4 has rounded</source>
        <translation>NF4로 반올림된 가중치</translation>
    </message>
    <message>
        <source>whole blocks of a possible size</source>
        <translation>가능한 크기의 온전한 블록</translation>
    </message>
    <message>
        <source>whole heads</source>
        <translation>온전한 헤드</translation>
    </message>
    <message>
        <source>%1 bytes left</source>
        <translation>%1바이트 남음</translation>
    </message>
    <message>
        <source>fp32 elements</source>
        <translation>fp32 원소</translation>
    </message>
    <message>
        <source>the base model beside it, or by this name in the library; or --model BASE --adapter FOLDER</source>
        <translation>옆이나 라이브러리에 있는 이 이름의 바탕 모델, 또는 --model BASE --adapter FOLDER</translation>
    </message>
    <message>
        <source>NAME=VALUE of a switch of the template</source>
        <translation>템플릿 스위치의 이름=값</translation>
    </message>
    <message>
        <source>a closing quote</source>
        <translation>닫는 따옴표</translation>
    </message>
    <message>
        <source>a model without a chat template has no calls of tools</source>
        <translation>대화 템플릿이 없는 모델에는 도구 호출이 없음</translation>
    </message>
    <message>
        <source>a page of at most 16 MiB</source>
        <translation>16 MiB 이하의 페이지</translation>
    </message>
    <message>
        <source>a question before the answer</source>
        <translation>답 앞의 질문</translation>
    </message>
    <message>
        <source>a template that keeps what it wrote</source>
        <translation>이미 쓴 것을 바꾸지 않는 템플릿</translation>
    </message>
    <message>
        <source>a token at the end of each turn</source>
        <translation>각 차례 끝의 토큰</translation>
    </message>
    <message>
        <source>an example to train on whose answer begins within %1 tokens; raise it</source>
        <translation>답이 토큰 %1개 안에서 시작하는 학습 예제. 값을 키우세요</translation>
    </message>
    <message>
        <source>auto, txt, jsonl, text, messages, sharegpt, alpaca or prompt_completion</source>
        <translation>auto, txt, jsonl, text, messages, sharegpt, alpaca, prompt_completion 중 하나</translation>
    </message>
    <message>
        <source>fewer turns</source>
        <translation>더 적은 차례</translation>
    </message>
    <message>
        <source>finite weights</source>
        <translation>유한한 가중치</translation>
    </message>
    <message>
        <source>no question before the answer</source>
        <translation>답 앞에 질문이 없음</translation>
    </message>
    <message>
        <source>no rows</source>
        <translation>행 없음</translation>
    </message>
    <message>
        <source>no token ends a turn</source>
        <translation>차례를 끝내는 토큰이 없음</translation>
    </message>
    <message>
        <source>none up to the end of the file</source>
        <translation>파일 끝까지 없음</translation>
    </message>
    <message>
        <source>one rank and strength for all modules</source>
        <translation>모든 모듈에 같은 랭크와 세기</translation>
    </message>
    <message>
        <source>rows with an answer</source>
        <translation>답이 있는 행</translation>
    </message>
    <message>
        <source>so many turns that it takes over 5 s</source>
        <translation>5초가 넘게 걸리는 많은 차례</translation>
    </message>
    <message>
        <source>texts, for a model without a chat template</source>
        <translation>대화 템플릿이 없는 모델에는 텍스트</translation>
    </message>
    <message>
        <source>the end of the file</source>
        <translation>파일의 끝</translation>
    </message>
    <message>
        <source>the modules, rank and strength of the run&apos;s adapter</source>
        <translation>실행 어댑터의 모듈, 랭크, 세기</translation>
    </message>
    <message>
        <source>the template shows message %1 otherwise when more follows, so that its tokens cannot be told</source>
        <translation>뒤에 메시지가 더 오면 템플릿이 메시지 %1을(를) 다르게 써서 그 토큰을 알 수 없음</translation>
    </message>
    <message>
        <source>no key %1</source>
        <translation>키 %1이(가) 없음</translation>
    </message>
    <message>
        <source>no column %1</source>
        <translation>열 %1이(가) 없음</translation>
    </message>
    <message>
        <source>unknown role %1</source>
        <translation>알 수 없는 역할 %1</translation>
    </message>
    <message>
        <source>%1 is not a string</source>
        <translation>%1이(가) 문자열이 아님</translation>
    </message>
    <message>
        <source>%1 is not an array</source>
        <translation>%1이(가) 배열이 아님</translation>
    </message>
    <message>
        <source>%1 is not of pairs of texts</source>
        <translation>%1이(가) 텍스트 쌍으로 되어 있지 않음</translation>
    </message>
    <message>
        <source>a message that is not an object</source>
        <translation>객체가 아닌 메시지</translation>
    </message>
    <message>
        <source>a message whose content is not a string</source>
        <translation>내용이 문자열이 아닌 메시지</translation>
    </message>
    <message>
        <source>a NUL character in the text</source>
        <translation>텍스트에 NUL 문자가 있음</translation>
    </message>
    <message>
        <source>an empty answer</source>
        <translation>빈 답변</translation>
    </message>
    <message>
        <source>no assistant turn</source>
        <translation>assistant 차례가 없음</translation>
    </message>
    <message>
        <source>not an object</source>
        <translation>객체가 아님</translation>
    </message>
    <message>
        <source>tools that are not an array</source>
        <translation>배열이 아닌 tools</translation>
    </message>
    <message>
        <source>as line %1</source>
        <translation>%1번째 줄과 같음</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>토큰 %1개</translation>
    </message>
    <message>
        <source>key %1 twice</source>
        <translation>키 %1이(가) 두 번 있음</translation>
    </message>
    <message>
        <source>line over %1 MiB</source>
        <translation>%1 MiB가 넘는 줄</translation>
    </message>
    <message>
        <source>row over %1 MiB</source>
        <translation>%1 MiB가 넘는 행</translation>
    </message>
    <message>
        <source>%1 examples, %2 tokens to learn; %3 empty answers left out, %4 duplicates, %5 cut off, %6 with nothing to learn</source>
        <translation>예시 %1개, 배울 토큰 %2개; 빈 답변 %3개 제외, 중복 %4개, 잘림 %5개, 배울 것 없음 %6개</translation>
    </message>
    <message>
        <source>modules that the base has</source>
        <translation>바탕 모델에 있는 모듈</translation>
    </message>
    <message>
        <source>a message with %1</source>
        <translation>%1이(가) 있는 메시지</translation>
    </message>
    <message>
        <source>a message whose content is not a text</source>
        <translation>내용이 글이 아닌 메시지</translation>
    </message>
    <message>
        <source>a turn of %1 in the place of %2</source>
        <translation>%2 자리에 온 %1의 차례</translation>
    </message>
    <message>
        <source>no question</source>
        <translation>질문 없음</translation>
    </message>
    <message>
        <source>tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>a run that began from a model</source>
        <translation>모델에서 시작한 실행</translation>
    </message>
    <message>
        <source>the base model has changed since the run began</source>
        <translation>실행을 시작한 뒤로 바탕 모델이 바뀌었음</translation>
    </message>
    <message>
        <source>%1 turns</source>
        <translation>차례 %1개</translation>
    </message>
    <message>
        <source>1 or more</source>
        <translation>1 이상</translation>
    </message>
    <message>
        <source>UTF-8 without NUL</source>
        <translation>NUL 없는 UTF-8</translation>
    </message>
    <message>
        <source>a .docx without a password</source>
        <translation>암호 없는 .docx</translation>
    </message>
    <message>
        <source>a .docx, which is a zip</source>
        <translation>zip 형식의 .docx</translation>
    </message>
    <message>
        <source>a PDF without a password</source>
        <translation>암호 없는 PDF</translation>
    </message>
    <message>
        <source>a Word document</source>
        <translation>Word 문서</translation>
    </message>
    <message>
        <source>a damaged one, or another file</source>
        <translation>손상된 파일 또는 다른 형식의 파일</translation>
    </message>
    <message>
        <source>a file of conversations or of questions and answers</source>
        <translation>대화 또는 질문과 답변의 파일</translation>
    </message>
    <message>
        <source>a file of this name</source>
        <translation>같은 이름의 파일</translation>
    </message>
    <message>
        <source>a name in .txt, .md, .html, .docx, .pdf, .jsonl, .json, .csv or .tsv, or the format named</source>
        <translation>.txt, .md, .html, .docx, .pdf, .jsonl, .json, .csv, .tsv 이름 또는 지정된 형식</translation>
    </message>
    <message>
        <source>a name that is not taken</source>
        <translation>아직 쓰이지 않은 이름</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>a system message, then texts of user and assistant by turns</source>
        <translation>시스템 메시지 다음에 user와 assistant의 글이 번갈아 나오는 대화</translation>
    </message>
    <message>
        <source>an encrypted document, or one of Word 97</source>
        <translation>암호화된 문서 또는 Word 97 문서</translation>
    </message>
    <message>
        <source>an encrypted one</source>
        <translation>암호화된 PDF</translation>
    </message>
    <message>
        <source>at most %1 bytes in a table</source>
        <translation>표 하나에 최대 %1바이트</translation>
    </message>
    <message>
        <source>at most %1 bytes unpacked</source>
        <translation>압축을 풀어 최대 %1바이트</translation>
    </message>
    <message>
        <source>at most %1 examples in a table</source>
        <translation>표 하나에 예시 최대 %1개</translation>
    </message>
    <message>
        <source>elements at most %1 deep</source>
        <translation>최대 %1단계로 겹친 요소</translation>
    </message>
    <message>
        <source>one that was changed since</source>
        <translation>그 뒤에 바뀐 파일</translation>
    </message>
    <message>
        <source>questions and answers in pairs</source>
        <translation>짝을 이룬 질문과 답변</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>the file as it was read</source>
        <translation>읽었을 때 그대로의 파일</translation>
    </message>
    <message>
        <source>what the run has not reached yet</source>
        <translation>실행이 아직 이르지 않은 값</translation>
    </message>
    <message>
        <source>no room to recover the database</source>
        <translation>데이터베이스를 복구할 공간이 없음</translation>
    </message>
    <message>
        <source>0 or more, at most 1000 documents</source>
        <translation>0 이상, 문서 1000개 이하</translation>
    </message>
    <message>
        <source>a data set</source>
        <translation>데이터 세트</translation>
    </message>
    <message>
        <source>a data set&apos;s name: at most 100 bytes, no slash, no dot or space at its ends, not .jsonl</source>
        <translation>데이터 세트 이름: 100바이트 이하, 슬래시 없음, 양끝에 점이나 공백 없음, .jsonl 아님</translation>
    </message>
    <message>
        <source>a document that the recipe keeps</source>
        <translation>정제법이 남기는 문서</translation>
    </message>
    <message>
        <source>a folder of this name</source>
        <translation>이 이름의 폴더</translation>
    </message>
    <message>
        <source>a new folder</source>
        <translation>새 폴더</translation>
    </message>
    <message>
        <source>a run that neither trains nor answers a chat</source>
        <translation>학습 중이거나 대화에 답하고 있지 않은 실행</translation>
    </message>
    <message>
        <source>a workspace with runs, or the folder of a run</source>
        <translation>실행이 있는 작업 공간 또는 실행 하나의 폴더</translation>
    </message>
    <message>
        <source>another workspace</source>
        <translation>다른 작업 공간</translation>
    </message>
    <message>
        <source>entries with an id of their own</source>
        <translation>저마다 다른 id를 가진 항목</translation>
    </message>
    <message>
        <source>files that are not trained on</source>
        <translation>학습에 쓰지 않는 파일</translation>
    </message>
    <message>
        <source>none of %1</source>
        <translation>%1개 중 없음</translation>
    </message>
    <message>
        <source>one of data.files</source>
        <translation>data.files 중 하나</translation>
    </message>
    <message>
        <source>some are missing or of another size</source>
        <translation>일부가 없거나 크기가 다름</translation>
    </message>
    <message>
        <source>the files that were written</source>
        <translation>기록한 그대로의 파일</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>지금 이 작업 공간</translation>
    </message>
    <message>
        <source>a file that stays as it is</source>
        <translation>그대로 있는 파일</translation>
    </message>
    <message>
        <source>it has grown since it was looked through</source>
        <translation>살펴본 뒤에 커졌음</translation>
    </message>
    <message>
        <source>another program writes to it</source>
        <translation>다른 프로그램이 쓰고 있습니다</translation>
    </message>
    <message>
        <source>a run that has steps to come</source>
        <translation>스텝이 남아 있는 실행</translation>
    </message>
    <message>
        <source>a step from %1 to %2</source>
        <translation>%1부터 %2까지의 스텝</translation>
    </message>
    <message>
        <source>integers</source>
        <translation>정수들</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>this cannot be done</source>
        <translation>할 수 없는 작업</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>cannot be written to</source>
        <translation>쓸 수 없음</translation>
    </message>
    <message>
        <source>not enough disk space</source>
        <translation>디스크 공간 부족</translation>
    </message>
    <message>
        <source>nothing usable in it</source>
        <translation>쓸 수 있는 내용이 없음</translation>
    </message>
    <message>
        <source>the content breaks its format</source>
        <translation>내용이 형식에 맞지 않음</translation>
    </message>
    <message>
        <source>unknown key</source>
        <translation>알 수 없는 키</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>누락됨</translation>
    </message>
    <message>
        <source>wrong type</source>
        <translation>자료형이 다름</translation>
    </message>
    <message>
        <source>out of range</source>
        <translation>범위를 벗어남</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>맞지 않음</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>지원하지 않음</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>너무 큼</translation>
    </message>
    <message>
        <source>in use by another Lathe</source>
        <translation>다른 Lathe에서 사용 중</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>메모리 부족</translation>
    </message>
    <message>
        <source>not a finite number</source>
        <translation>유한한 수가 아님</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>the file operation failed</source>
        <translation>파일 작업 실패</translation>
    </message>
    <message>
        <source>an error inside Lathe</source>
        <translation>Lathe 내부 오류</translation>
    </message>
    <message>
        <source>Free some space and try again; nothing that was saved is lost.</source>
        <translation>공간을 확보한 뒤 다시 시도하세요. 이미 저장된 내용은 그대로 남아 있습니다.</translation>
    </message>
    <message>
        <source>Choose another folder, or ask for permission to write to this one.</source>
        <translation>다른 폴더를 선택하거나 이 폴더의 쓰기 권한을 요청하세요.</translation>
    </message>
    <message>
        <source>Close the other Lathe, or choose another workspace.</source>
        <translation>다른 Lathe를 닫거나 다른 작업 공간을 선택하세요.</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller batch, sequence or model.</source>
        <translation>다른 프로그램을 닫거나 배치, 시퀀스, 모델의 크기를 줄이세요.</translation>
    </message>
    <message>
        <source>The last checkpoint stands. A smaller learning rate or more warm-up often helps.</source>
        <translation>마지막 체크포인트는 그대로 남아 있습니다. 학습률을 낮추거나 웜업을 늘리면 대개 나아집니다.</translation>
    </message>
    <message>
        <source>Please report it with the details.</source>
        <translation>세부 정보와 함께 신고해 주세요.</translation>
    </message>
    <message>
        <source>; the nearest is %1</source>
        <translation>; 가장 비슷한 키: %1</translation>
    </message>
    <message>
        <source>; expected %1</source>
        <translation>; 필요: %1</translation>
    </message>
    <message>
        <source>; found %1</source>
        <translation>; 실제: %1</translation>
    </message>
    <message>
        <source>started</source>
        <translation>시작됨</translation>
    </message>
    <message>
        <source>resumed at step %1</source>
        <translation>스텝 %1에서 재개됨</translation>
    </message>
    <message>
        <source>step %1 · checkpoint saved</source>
        <translation>스텝 %1 · 체크포인트 저장됨</translation>
    </message>
    <message>
        <source>step %1 · too little memory: micro-batch halved</source>
        <translation>스텝 %1 · 메모리 부족: 마이크로배치를 절반으로 줄임</translation>
    </message>
    <message>
        <source>another CPU than the run began on: last digits may differ</source>
        <translation>실행을 시작한 CPU와 다름: 끝자리가 달라질 수 있음</translation>
    </message>
    <message>
        <source>the answer ends with the model&apos;s context</source>
        <translation>모델의 컨텍스트가 다 차서 답변이 끝남</translation>
    </message>
    <message>
        <source>checking the data</source>
        <translation>데이터 확인 중</translation>
    </message>
    <message>
        <source>training the tokenizer</source>
        <translation>토크나이저 학습 중</translation>
    </message>
    <message>
        <source>turning text into tokens</source>
        <translation>텍스트를 토큰으로 변환 중</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>모델 불러오는 중</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>평가 중</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1, %2 %</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>여유 %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 더</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>without the chat template, which does not work: %1</source>
        <translation>동작하지 않는 대화 템플릿 없이: %1</translation>
    </message>
    <message>
        <source>tensors that differ from the model&apos;s: %1</source>
        <translation>모델과 다른 텐서: %1</translation>
    </message>
    <message>
        <source>perhaps not the tokenizer of these weights: %1</source>
        <translation>이 가중치의 토크나이저가 아닐 수 있음: %1</translation>
    </message>
    <message>
        <source>perhaps not the base of this adapter: %1</source>
        <translation>이 어댑터의 바탕 모델이 아닐 수 있음: %1</translation>
    </message>
    <message>
        <source>reading the data</source>
        <translation>데이터를 읽는 중</translation>
    </message>
    <message>
        <source>the base model is quantised; where its 16-bit original is at hand, that is the better base</source>
        <translation>바탕 모델이 양자화되어 있음. 16비트 원본이 있다면 그쪽이 더 나은 바탕임</translation>
    </message>
    <message>
        <source>some blocks are recomputed, to stay within the memory limit</source>
        <translation>메모리 한도를 지키려고 일부 블록을 다시 계산함</translation>
    </message>
    <message>
        <source>step %1 · %2</source>
        <translation>스텝 %1 · %2</translation>
    </message>
    <message>
        <source>comparing with the base</source>
        <translation>바탕 모델과 비교 중</translation>
    </message>
    <message>
        <source>%1 rows left out, the first: %2</source>
        <translation>행 %1개 제외, 첫 번째: %2</translation>
    </message>
    <message>
        <source>Change what was asked for, and try again.</source>
        <translation>요청한 내용을 바꾼 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>See whether it was moved or renamed, or is on a disk that is not connected.</source>
        <translation>옮겨졌거나 이름이 바뀌었는지, 연결되지 않은 디스크에 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>Ask for permission to read it, or choose a copy that can be read.</source>
        <translation>읽기 권한을 요청하거나 읽을 수 있는 사본을 선택하세요.</translation>
    </message>
    <message>
        <source>Choose another file or folder, or take back what leaves parts of it out.</source>
        <translation>다른 파일이나 폴더를 선택하거나, 일부를 빼는 설정을 되돌리세요.</translation>
    </message>
    <message>
        <source>Correct it at that place, or take an intact copy.</source>
        <translation>그 자리를 고치거나 온전한 사본을 쓰세요.</translation>
    </message>
    <message>
        <source>Correct the spelling, or take the key out.</source>
        <translation>철자를 고치거나 그 키를 빼세요.</translation>
    </message>
    <message>
        <source>Fill it in, and try again.</source>
        <translation>값을 채운 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Put a value of that kind in its place.</source>
        <translation>그에 맞는 값을 넣으세요.</translation>
    </message>
    <message>
        <source>Choose two that belong together, or put back what was changed.</source>
        <translation>서로 맞는 것을 선택하거나 바뀐 것을 되돌리세요.</translation>
    </message>
    <message>
        <source>Choose another file, format or setting; a newer Lathe may be able to.</source>
        <translation>다른 파일, 형식, 설정을 선택하세요. 새 버전의 Lathe에서는 될 수도 있습니다.</translation>
    </message>
    <message>
        <source>Choose something smaller, or split it.</source>
        <translation>더 작은 것을 선택하거나 나누세요.</translation>
    </message>
    <message>
        <source>See whether the disk or the network is connected and in order, and try again.</source>
        <translation>디스크나 네트워크가 제대로 연결되어 있는지 확인한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>step %1 · failed: %2</source>
        <translation>스텝 %1 · 실패: %2</translation>
    </message>
    <message>
        <source>step %1 · the validation loss is not a finite number</source>
        <translation>스텝 %1 · 검증 손실이 유한한 수가 아님</translation>
    </message>
    <message>
        <source>step %1 · could not be saved: %2</source>
        <translation>스텝 %1 · 저장하지 못함: %2</translation>
    </message>
    <message>
        <source>step %1 · its batch was skipped</source>
        <translation>스텝 %1 · 배치를 건너뜀</translation>
    </message>
</context>
<context>
    <name>FieldHelp</name>
    <message>
        <source>how positions are rescaled beyond the trained context</source>
        <translation>학습된 컨텍스트를 넘는 위치의 스케일링 방식</translation>
    </message>
    <message>
        <source>base of the rotation frequencies</source>
        <translation>회전 주파수의 밑</translation>
    </message>
    <message>
        <source>context length gained by scaling</source>
        <translation>스케일링으로 컨텍스트가 늘어나는 배수</translation>
    </message>
    <message>
        <source>context before scaling; 0 takes max_position_embeddings</source>
        <translation>스케일링 전 컨텍스트; 0이면 max_position_embeddings 사용</translation>
    </message>
    <message>
        <source>llama3: where full scaling begins</source>
        <translation>llama3: 전체 스케일링이 시작되는 지점</translation>
    </message>
    <message>
        <source>llama3: where scaling ends</source>
        <translation>llama3: 스케일링이 끝나는 지점</translation>
    </message>
    <message>
        <source>yarn: rotations above which nothing is scaled</source>
        <translation>yarn: 이 회전수를 넘으면 스케일링하지 않음</translation>
    </message>
    <message>
        <source>yarn: rotations below which all is scaled</source>
        <translation>yarn: 이 회전수보다 적으면 전부 스케일링</translation>
    </message>
    <message>
        <source>yarn: factor on cos and sin; 0 derives it</source>
        <translation>yarn: cos과 sin에 곱하는 계수; 0이면 자동 계산</translation>
    </message>
    <message>
        <source>the architecture: qwen3 normalises q and k, qwen2 has biases on q, k, v, llama has neither</source>
        <translation>아키텍처: qwen3는 q와 k를 정규화하고, qwen2는 q, k, v에 편향이 있으며, llama에는 둘 다 없음</translation>
    </message>
    <message>
        <source>rows of the embedding; 0 takes the tokenizer&apos;s</source>
        <translation>임베딩의 행 수; 0이면 토크나이저의 값 사용</translation>
    </message>
    <message>
        <source>model width; compute and memory grow with its square</source>
        <translation>모델 너비; 연산량과 메모리가 제곱에 비례해 증가</translation>
    </message>
    <message>
        <source>width of the feed-forward layer, usually 3 times hidden_size</source>
        <translation>피드포워드 층의 너비, 보통 hidden_size의 3배</translation>
    </message>
    <message>
        <source>number of blocks; cost grows with it</source>
        <translation>블록 수; 많을수록 비용 증가</translation>
    </message>
    <message>
        <source>query heads</source>
        <translation>쿼리 헤드 수</translation>
    </message>
    <message>
        <source>key/value heads shared by the query heads (GQA); fewer shrink the KV cache</source>
        <translation>쿼리 헤드가 공유하는 키/값 헤드 수(GQA); 적을수록 KV 캐시가 작아짐</translation>
    </message>
    <message>
        <source>width of a head, even; 0 takes hidden_size / num_attention_heads</source>
        <translation>헤드 하나의 너비, 짝수; 0이면 hidden_size / num_attention_heads</translation>
    </message>
    <message>
        <source>longest context in tokens</source>
        <translation>최대 컨텍스트 길이(토큰)</translation>
    </message>
    <message>
        <source>added under the square root of RMSNorm</source>
        <translation>RMSNorm의 제곱근 안에 더하는 값</translation>
    </message>
    <message>
        <source>standard deviation of fresh weights</source>
        <translation>새 가중치의 표준편차</translation>
    </message>
    <message>
        <source>one matrix for embedding and output; saves vocab_size x hidden_size parameters</source>
        <translation>임베딩과 출력이 한 행렬을 공유; 파라미터 vocab_size x hidden_size개 절약</translation>
    </message>
    <message>
        <source>biases in the attention projections</source>
        <translation>어텐션 투영의 편향</translation>
    </message>
    <message>
        <source>rotary position embedding</source>
        <translation>회전 위치 임베딩(RoPE)</translation>
    </message>
    <message>
        <source>tokens of the tokenizer to train: bytes, special tokens and merges</source>
        <translation>학습할 토크나이저의 토큰 수: 바이트, 특수 토큰, 병합 포함</translation>
    </message>
    <message>
        <source>tokens of a training sequence; activations grow with it</source>
        <translation>학습 시퀀스의 토큰 수; 클수록 활성값 증가</translation>
    </message>
    <message>
        <source>fill each sequence with several documents, none attending to another</source>
        <translation>여러 문서로 시퀀스를 채우되 서로 어텐션하지 않음</translation>
    </message>
    <message>
        <source>share of documents held back for validation loss</source>
        <translation>검증 손실용으로 떼어 두는 문서의 비율</translation>
    </message>
    <message>
        <source>sequences of a step before accumulation</source>
        <translation>누적 전 한 스텝의 시퀀스 수</translation>
    </message>
    <message>
        <source>batches summed into one update</source>
        <translation>업데이트 한 번에 합산하는 배치 수</translation>
    </message>
    <message>
        <source>updates to make; 0 goes by num_train_epochs</source>
        <translation>업데이트 횟수; 0이면 num_train_epochs에 따름</translation>
    </message>
    <message>
        <source>passes over the data when max_steps is 0</source>
        <translation>max_steps가 0일 때 데이터를 반복하는 횟수</translation>
    </message>
    <message>
        <source>peak step size of AdamW</source>
        <translation>AdamW의 최대 학습률</translation>
    </message>
    <message>
        <source>how the learning rate falls after warm-up</source>
        <translation>웜업 후 학습률이 줄어드는 방식</translation>
    </message>
    <message>
        <source>steps over which the learning rate rises from zero</source>
        <translation>학습률이 0에서부터 올라가는 스텝 수</translation>
    </message>
    <message>
        <source>share of the peak at which linear and cosine end</source>
        <translation>linear와 cosine이 끝날 때의 최대 학습률 대비 비율</translation>
    </message>
    <message>
        <source>decoupled decay of matrices; norms and biases have none</source>
        <translation>행렬의 분리형 가중치 감쇠; 정규화 가중치와 편향은 제외</translation>
    </message>
    <message>
        <source>decay of the gradient&apos;s mean</source>
        <translation>기울기 평균의 감쇠율</translation>
    </message>
    <message>
        <source>decay of the gradient&apos;s square</source>
        <translation>기울기 제곱 평균의 감쇠율</translation>
    </message>
    <message>
        <source>added to the root of the square</source>
        <translation>제곱 평균의 제곱근에 더하는 값</translation>
    </message>
    <message>
        <source>gradients longer than this are scaled down; 0 never</source>
        <translation>노름이 이 값을 넘는 기울기를 축소; 0이면 안 함</translation>
    </message>
    <message>
        <source>steps between validation losses; 0 never</source>
        <translation>검증 손실을 재는 스텝 간격; 0이면 안 함</translation>
    </message>
    <message>
        <source>most batches of a validation; more take longer and vary less</source>
        <translation>검증 한 번의 최대 배치 수; 많을수록 오래 걸리지만 덜 흔들림</translation>
    </message>
    <message>
        <source>steps between samples of the model&apos;s text; 0 never</source>
        <translation>모델의 텍스트 샘플을 만드는 스텝 간격; 0이면 안 함</translation>
    </message>
    <message>
        <source>what a sample goes on from</source>
        <translation>샘플이 이어서 쓸 텍스트</translation>
    </message>
    <message>
        <source>tokens of a sample</source>
        <translation>샘플의 토큰 수</translation>
    </message>
    <message>
        <source>steps between checkpoints; 0 goes by save_interval_s</source>
        <translation>체크포인트의 스텝 간격; 0이면 save_interval_s에 따름</translation>
    </message>
    <message>
        <source>steps between lines of the log; every step is recorded</source>
        <translation>로그를 출력하는 스텝 간격; 기록은 모든 스텝에서 남음</translation>
    </message>
    <message>
        <source>of initial weights, data order and samples</source>
        <translation>초기 가중치, 데이터 순서, 샘플의 시드</translation>
    </message>
    <message>
        <source>recompute whole blocks in the backward pass: least memory, about a third slower</source>
        <translation>역전파에서 블록 전체를 다시 계산: 메모리 최소, 약 1/3 느려짐</translation>
    </message>
    <message>
        <source>tokens that go through the model at once; 0 chooses; less takes less memory</source>
        <translation>한 번에 모델을 통과하는 토큰 수; 0이면 자동; 적을수록 메모리 절약</translation>
    </message>
    <message>
        <source>most memory of this program; 0 none</source>
        <translation>이 프로그램의 최대 메모리; 0이면 제한 없음</translation>
    </message>
    <message>
        <source>of this file&apos;s format</source>
        <translation>이 파일 형식의 버전</translation>
    </message>
    <message>
        <source>a fresh model</source>
        <translation>새 모델</translation>
    </message>
    <message>
        <source>a model to go on from</source>
        <translation>이어서 학습할 모델</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>토크나이저</translation>
    </message>
    <message>
        <source>data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>most tokens of the answer</source>
        <translation>답변의 최대 토큰 수</translation>
    </message>
    <message>
        <source>0 takes the likeliest token; higher is more varied</source>
        <translation>0이면 가장 확률이 높은 토큰만 선택; 높을수록 다양해짐</translation>
    </message>
    <message>
        <source>draw among the k likeliest tokens; 0 off</source>
        <translation>확률이 높은 k개 토큰 중에서 선택; 0이면 끔</translation>
    </message>
    <message>
        <source>draw among the likeliest tokens that make up this probability</source>
        <translation>확률이 높은 순으로 누적 확률이 이 값에 이르는 토큰 중에서 선택</translation>
    </message>
    <message>
        <source>leave out tokens below this share of the likeliest one&apos;s probability</source>
        <translation>최고 확률 대비 이 비율에 못 미치는 토큰 제외</translation>
    </message>
    <message>
        <source>above 1 makes tokens that were already there less likely</source>
        <translation>1보다 크면 이미 나온 토큰의 확률을 낮춤</translation>
    </message>
    <message>
        <source>of the random draw</source>
        <translation>무작위 추출의 시드</translation>
    </message>
    <message>
        <source>texts that end the answer</source>
        <translation>답변을 끝내는 텍스트</translation>
    </message>
    <message>
        <source>Hugging Face folder or GGUF file of the model to go on from</source>
        <translation>이어서 학습할 모델의 Hugging Face 폴더 또는 GGUF 파일</translation>
    </message>
    <message>
        <source>every tensor must be there in its shape; off: those that are not begin fresh, and are listed</source>
        <translation>모든 텐서가 제 형상으로 있어야 합니다. 끄면 그렇지 않은 텐서는 새로 초기화하고 목록으로 알립니다</translation>
    </message>
    <message>
        <source>auto goes by the file name and the first rows</source>
        <translation>auto는 파일 이름과 첫 행들을 따름</translation>
    </message>
    <message>
        <source>key of the text in rows of plain text</source>
        <translation>일반 텍스트 행에서 텍스트의 키</translation>
    </message>
    <message>
        <source>key of a conversation&apos;s messages; empty recognises it</source>
        <translation>대화 메시지의 키. 비우면 알아서 찾음</translation>
    </message>
    <message>
        <source>key of the question or instruction; empty recognises it</source>
        <translation>질문 또는 지시의 키. 비우면 알아서 찾음</translation>
    </message>
    <message>
        <source>key of what an instruction is about, put behind it; empty recognises it</source>
        <translation>지시의 대상이 되는 글의 키. 지시 뒤에 붙임. 비우면 알아서 찾음</translation>
    </message>
    <message>
        <source>key of the answer; empty recognises it</source>
        <translation>답의 키. 비우면 알아서 찾음</translation>
    </message>
    <message>
        <source>system message of the conversations that have none</source>
        <translation>시스템 메시지가 없는 대화에 넣을 시스템 메시지</translation>
    </message>
    <message>
        <source>switches of the model&apos;s chat template, as enable_thinking=false; several with ; between</source>
        <translation>모델 대화 템플릿의 스위치. 예: enable_thinking=false. 여럿이면 ;로 나눔</translation>
    </message>
    <message>
        <source>learn the questions too; off: the assistant&apos;s turns alone</source>
        <translation>질문도 학습함. 끄면 어시스턴트의 차례만 학습함</translation>
    </message>
    <message>
        <source>learn the last answer of a conversation alone</source>
        <translation>대화의 마지막 답만 학습함</translation>
    </message>
    <message>
        <source>QLoRA: the matrices of the blocks in 4 bits, an eighth of their fp32 memory; needs lora</source>
        <translation>QLoRA: 블록의 행렬을 4비트로. 메모리는 fp32의 8분의 1. lora 필요</translation>
    </message>
    <message>
        <source>16 levels spaced as normally distributed weights are</source>
        <translation>정규 분포 가중치처럼 간격을 둔 16단계</translation>
    </message>
    <message>
        <source>the scales in 8 bits too: saves 0.4 bits a weight</source>
        <translation>스케일도 8비트로: 가중치당 0.4비트 절약</translation>
    </message>
    <message>
        <source>rank: more can learn more and takes more memory; 8 to 64 is usual</source>
        <translation>랭크: 클수록 더 많이 배우고 메모리도 더 씀. 보통 8~64</translation>
    </message>
    <message>
        <source>strength: what is learned counts lora_alpha / r; twice r is usual</source>
        <translation>세기: 배운 것이 lora_alpha / r만큼 반영됨. 보통 r의 두 배</translation>
    </message>
    <message>
        <source>share of inputs left out at random; helps where there is little data</source>
        <translation>무작위로 빼는 입력의 비율. 데이터가 적을 때 도움이 됨</translation>
    </message>
    <message>
        <source>layers that get an adapter: all-linear, or q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj</source>
        <translation>어댑터를 붙일 층: all-linear 또는 q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj</translation>
    </message>
    <message>
        <source>lora_alpha / sqrt(r) in place of lora_alpha / r: for large ranks</source>
        <translation>lora_alpha / r 대신 lora_alpha / sqrt(r): 큰 랭크용</translation>
    </message>
    <message>
        <source>an adapter to train on the base model, which stays as it is</source>
        <translation>기반 모델 위에서 학습할 어댑터. 기반 모델은 그대로 둠</translation>
    </message>
    <message>
        <source>folder of a tokenizer; empty takes the base model&apos;s, a fresh model trains one on the data</source>
        <translation>토크나이저 폴더; 비우면 바탕 모델의 것을 쓰고, 새 모델은 데이터로 새로 학습</translation>
    </message>
    <message>
        <source>AdamW; with 8-bit state it takes a quarter of the memory and rounds its averages</source>
        <translation>AdamW. 8비트 상태는 메모리를 4분의 1만 쓰고 평균값을 반올림함</translation>
    </message>
    <message>
        <source>embedding and head in 8 bits: half of their 16-bit memory, a little less exact; needs lora</source>
        <translation>임베딩과 출력층을 8비트로: 16비트일 때 메모리의 절반, 약간 덜 정확함. lora가 필요함</translation>
    </message>
    <message>
        <source>text (.txt, .md, .html, .docx, .pdf), conversations (.jsonl, .json, .csv, .tsv) or folders of them</source>
        <translation>텍스트(.txt, .md, .html, .docx, .pdf), 대화(.jsonl, .json, .csv, .tsv) 또는 그 폴더</translation>
    </message>
    <message>
        <source>files whose documents are the validation split; then validation_fraction holds nothing back</source>
        <translation>이 파일들의 문서가 검증 데이터가 됩니다. 그러면 validation_fraction은 아무것도 떼어 두지 않습니다</translation>
    </message>
    <message>
        <source>attention tile by tile, so that no T x T scores are kept; off: a plain kernel, to compare</source>
        <translation>어텐션을 타일마다 계산하여 T x T 점수를 두지 않습니다. 끄면 비교를 위한 단순한 커널을 씁니다</translation>
    </message>
    <message>
        <source>one spelling for each character (NFC): Korean typed on a Mac comes in pieces otherwise</source>
        <translation>문자마다 표기 하나(NFC): 맥에서 입력한 한글은 자모가 나뉘어 있을 수 있음</translation>
    </message>
    <message>
        <source>control characters, byte order marks and zero-width spaces are taken out; lines end in \n</source>
        <translation>제어 문자, BOM, 폭 없는 공백 제거; 줄 끝은 \n</translation>
    </message>
    <message>
        <source>spaces at line ends go, several blank lines become one; indentation stays</source>
        <translation>줄 끝 공백 제거, 여러 빈 줄은 하나로; 들여쓰기는 유지</translation>
    </message>
    <message>
        <source>of equal documents the first one stays</source>
        <translation>같은 문서는 첫 번째만 남김</translation>
    </message>
    <message>
        <source>shorter documents are left out; 0 none</source>
        <translation>이보다 짧은 문서 제외; 0이면 제한 없음</translation>
    </message>
    <message>
        <source>longer documents are left out; 0 none</source>
        <translation>이보다 긴 문서 제외; 0이면 제한 없음</translation>
    </message>
    <message>
        <source>documents with a larger share of characters that are neither letter, digit nor space are left out; 1 none</source>
        <translation>글자, 숫자, 공백이 아닌 문자의 비율이 이보다 큰 문서 제외; 1이면 제한 없음</translation>
    </message>
    <message>
        <source>documents in which this regular expression matches go</source>
        <translation>이 정규식과 일치하는 문서 제외</translation>
    </message>
    <message>
        <source>documents in which this one does not match go</source>
        <translation>이 정규식과 일치하지 않는 문서 제외</translation>
    </message>
    <message>
        <source>share of documents written to a file of their own, for validation</source>
        <translation>검증용으로 따로 저장할 문서의 비율</translation>
    </message>
    <message>
        <source>of the draw of those held back</source>
        <translation>검증 문서 추첨의 시드</translation>
    </message>
    <message>
        <source>seconds of training between checkpoints, the first after 15 (a large one later); 0 goes by save_steps</source>
        <translation>체크포인트를 저장하는 학습 시간 간격(초). 첫 저장은 15초 뒤(큰 모델은 더 늦게)이며, 0이면 save_steps에 따름</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>batches</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>바이트</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>초</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>회</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>시퀀스</translation>
    </message>
    <message>
        <source>= %1</source>
        <translation>= %1</translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation>보통 %1</translation>
    </message>
    <message>
        <source>%1 · usually %2</source>
        <translation>%1 · 보통 %2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>%1 이상</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>%1 이하</translation>
    </message>
    <message>
        <source>twice: %1</source>
        <translation>2배면 %1</translation>
    </message>
    <message>
        <source>is not there</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>has nothing usable in it</source>
        <translation>쓸 수 있는 내용이 없음</translation>
    </message>
    <message>
        <source>breaks its format</source>
        <translation>형식에 맞지 않음</translation>
    </message>
    <message>
        <source>is not possible</source>
        <translation>사용할 수 없는 값</translation>
    </message>
    <message>
        <source>must be %1</source>
        <translation>필요: %1</translation>
    </message>
    <message>
        <source>was not enough</source>
        <translation>부족했습니다</translation>
    </message>
    <message>
        <source>×%1 time</source>
        <translation>시간 ×%1</translation>
    </message>
    <message>
        <source>%1 in a chat</source>
        <translation>대화에서 %1</translation>
    </message>
    <message>
        <source>on: %1</source>
        <translation>켜면 %1</translation>
    </message>
    <message>
        <source>off: %1</source>
        <translation>끄면 %1</translation>
    </message>
</context>
<context>
    <name>FormPlan</name>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>토크나이저</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>출발점</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Memory in training</source>
        <translation>학습 메모리</translation>
    </message>
</context>
<context>
    <name>Inspection</name>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Learnt</source>
        <translation>학습되는 양</translation>
    </message>
    <message>
        <source>Nothing to learn</source>
        <translation>배울 것 없음</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>Empty answers</source>
        <translation>빈 답변</translation>
    </message>
    <message>
        <source>Bad rows</source>
        <translation>잘못된 행</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>%1 of the tokens</source>
        <translation>토큰의 %1</translation>
    </message>
    <message>
        <source>Rows of a batch</source>
        <translation>배치의 행</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증용</translation>
    </message>
    <message>
        <source>Empty rows</source>
        <translation>빈 행</translation>
    </message>
    <message>
        <source>bad row</source>
        <translation>잘못된 행</translation>
    </message>
    <message>
        <source>empty answer</source>
        <translation>빈 답변</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>nothing to learn</source>
        <translation>배울 것 없음</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Nothing is learnt from %1: it has no answers, or they begin beyond max_length.</source>
        <translation>%1에서는 아무것도 학습되지 않습니다. 답변이 없거나, 답변이 max_length 뒤에서 시작합니다.</translation>
    </message>
    <message>
        <source>empty row</source>
        <translation>빈 행</translation>
    </message>
</context>
<context>
    <name>InspectionTables</name>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Learnt</source>
        <translation>학습되는 양</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>What</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>줄</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Rows to look at</source>
        <translation>살펴볼 행</translation>
    </message>
</context>
<context>
    <name>LongJob</name>
    <message>
        <source>Training a tokenizer</source>
        <translation>토크나이저 학습 중</translation>
    </message>
    <message>
        <source>Saving a version of the data</source>
        <translation>데이터 버전 저장 중</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>내보내는 중</translation>
    </message>
    <message>
        <source>Proving the export</source>
        <translation>내보낸 모델 검증 중</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>내려받는 중</translation>
    </message>
    <message>
        <source>Importing runs</source>
        <translation>실행 가져오는 중</translation>
    </message>
    <message>
        <source>Writing for TensorBoard</source>
        <translation>TensorBoard 파일 쓰는 중</translation>
    </message>
    <message>
        <source>Looking through the data</source>
        <translation>데이터 살펴보는 중</translation>
    </message>
    <message>
        <source>Looking through the examples</source>
        <translation>예제 살펴보는 중</translation>
    </message>
    <message>
        <source>Comparing tokenizers</source>
        <translation>토크나이저 비교 중</translation>
    </message>
    <message>
        <source>Comparing with the base model</source>
        <translation>기반 모델과 비교 중</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
</context>
<context>
    <name>MarkPanel</name>
    <message>
        <source>validation %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>the best by validation loss</source>
        <translation>검증 손실이 가장 낮음</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>스텝 %1</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation>유한하지 않은 값</translation>
    </message>
    <message>
        <source>validation %1, this step&apos;s training loss %2</source>
        <translation>검증 손실 %1, 이 스텝의 학습 손실 %2</translation>
    </message>
    <message>
        <source>From here on the loss was not a finite number (%1); the curve is not joined across it. A smaller learning rate or clipping helps.</source>
        <translation>여기부터 손실이 유한한 수가 아니었습니다(%1). 곡선은 그 사이를 잇지 않습니다. 학습률을 낮추거나 클리핑을 쓰면 도움이 됩니다.</translation>
    </message>
    <message>
        <source>The batch of this step was skipped, so it has no loss; nothing was updated.</source>
        <translation>이 스텝의 배치는 건너뛰었으므로 손실이 없습니다. 아무것도 갱신하지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>MemoryPlot</name>
    <message>
        <source>program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>adapters</source>
        <translation>어댑터</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>옵티마이저</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 캐시</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>작업 버퍼</translation>
    </message>
    <message>
        <source>kept free</source>
        <translation>여유 보유분</translation>
    </message>
    <message>
        <source>other</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>예상</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>No model</source>
        <translation>모델 없음</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>%1 · in training</source>
        <translation>%1 · 학습 중</translation>
    </message>
    <message>
        <source>%1 · last checkpoint</source>
        <translation>%1 · 마지막 체크포인트</translation>
    </message>
    <message>
        <source>%1 · best checkpoint</source>
        <translation>%1 · 최적 체크포인트</translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 스텝 %2</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, 스텝 %2</translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation>모델 폴더 열기…</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>모델 폴더 열기</translation>
    </message>
    <message>
        <source>Open a GGUF file…</source>
        <translation>GGUF 파일 열기…</translation>
    </message>
    <message>
        <source>Open a GGUF file</source>
        <translation>GGUF 파일 열기</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Workspace</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>Other folders</source>
        <translation>다른 폴더</translation>
    </message>
    <message>
        <source>adapter of rank %1</source>
        <translation>랭크 %1 어댑터</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>파라미터 %1</translation>
    </message>
    <message>
        <source>%1 layers of width %2 · %3 heads, %4 of key and value</source>
        <translation>레이어 %1개, 너비 %2 · 헤드 %3개, 키·값 헤드 %4개</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>changed %1</source>
        <translation>변경: %1</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>숫자 형식</translation>
    </message>
    <message>
        <source>also %1</source>
        <translation>그 밖에 %1</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>컨텍스트</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>토큰</translation>
    </message>
</context>
<context>
    <name>NumberText</name>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1분 전</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1시간 전</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1일</translation>
    </message>
</context>
<context>
    <name>PageHelp</name>
    <message>
        <source>Three ways to begin. &lt;b&gt;Tune&lt;/b&gt; takes a model that already knows language and teaches it your examples: minutes to hours. &lt;b&gt;Train&lt;/b&gt; makes a small model from nothing, to see how that works: a minute. &lt;b&gt;Try&lt;/b&gt; talks to a model that is on this disk.</source>
        <translation>시작하는 길은 세 가지입니다. &lt;b&gt;튜닝&lt;/b&gt;은 이미 언어를 아는 모델에 예제를 가르칩니다. 몇 분에서 몇 시간이 걸립니다. &lt;b&gt;학습&lt;/b&gt;은 작은 모델을 처음부터 만들어 그 과정을 보여 줍니다. 1분이면 됩니다. &lt;b&gt;써 보기&lt;/b&gt;는 이 디스크에 있는 모델과 대화합니다.</translation>
    </message>
    <message>
        <source>Each fills in every value and goes over the same pages that you can also open by yourself.</source>
        <translation>어느 길이든 모든 값이 채워지며, 직접 열 수도 있는 같은 페이지들을 지나갑니다.</translation>
    </message>
    <message>
        <source>Below are the runs of this workspace. What a crash or a power cut interrupted goes on from its last checkpoint, exactly as if it had never stopped.</source>
        <translation>아래에는 이 작업 공간의 실행들이 있습니다. 충돌이나 정전으로 끊긴 실행은 마지막 체크포인트에서, 멈춘 적이 없는 것과 똑같이 이어집니다.</translation>
    </message>
    <message>
        <source>Drop files or folders here: text, Markdown, HTML, Word, PDF, or rows as JSONL, JSON, CSV. Nothing is changed in them.</source>
        <translation>여기에 파일이나 폴더를 놓으세요. 텍스트, Markdown, HTML, Word, PDF, 또는 JSONL, JSON, CSV의 행을 읽습니다. 원본은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>A &lt;b&gt;document&lt;/b&gt; is what a model reads at once: a file, or a row. Duplicates and broken lines teach it the wrong things; here you see them by number before they do.</source>
        <translation>&lt;b&gt;문서&lt;/b&gt;는 모델이 한 번에 읽는 단위로, 파일 하나나 행 하나입니다. 중복과 깨진 줄은 잘못된 것을 가르칩니다. 그 전에 여기서 줄 번호로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Clean&lt;/b&gt; shows what each step would leave out before it does, and writes a new version beside the old one, with its recipe. &lt;b&gt;Split&lt;/b&gt; holds documents back that the model never learns, to tell learning from memorising.</source>
        <translation>&lt;b&gt;정리&lt;/b&gt;는 각 단계가 무엇을 뺄지 먼저 보여 준 다음, 옛 버전 옆에 새 버전을 그 레시피와 함께 씁니다. &lt;b&gt;나누기&lt;/b&gt;는 모델이 배우지 않을 문서를 떼어 두어, 배운 것과 외운 것을 가릅니다.</translation>
    </message>
    <message>
        <source>A &lt;b&gt;tokenizer&lt;/b&gt; cuts text into the pieces that a model knows. Trained on your data it needs fewer of them; a model that is already trained keeps its own.</source>
        <translation>&lt;b&gt;토크나이저&lt;/b&gt;는 글을 모델이 아는 조각으로 자릅니다. 내 데이터로 학습하면 조각이 적게 듭니다. 이미 학습된 모델은 자기 것을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Open&lt;/b&gt; lists the models of this workspace and of other programs on this disk: what is in them, and whether Lathe can compute them.</source>
        <translation>&lt;b&gt;열기&lt;/b&gt;는 이 작업 공간과 다른 프로그램의 모델을 나열합니다. 그 안에 무엇이 있는지, Lathe가 계산할 수 있는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Build&lt;/b&gt; makes a new one. Width and depth decide what it can learn and what it costs; memory and time are told for every setting before anything runs.</source>
        <translation>&lt;b&gt;만들기&lt;/b&gt;는 새 모델을 만듭니다. 너비와 깊이가 배울 수 있는 것과 드는 비용을 정합니다. 무엇이든 실행하기 전에 설정마다 메모리와 시간을 알려 줍니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Grouped-query attention&lt;/b&gt; lets several query heads share one key and value head: the memory of a chat shrinks by as much. &lt;b&gt;FlashAttention&lt;/b&gt; computes the same numbers tile by tile, without the table of all pairs of tokens. &lt;b&gt;LoRA&lt;/b&gt; trains a small addition to a model that stays as it is; &lt;b&gt;QLoRA&lt;/b&gt; keeps that model in 4 bits.</source>
        <translation>&lt;b&gt;그룹 쿼리 어텐션&lt;/b&gt;은 여러 쿼리 헤드가 키·값 헤드 하나를 나눠 씁니다. 대화의 메모리가 그만큼 줄어듭니다. &lt;b&gt;FlashAttention&lt;/b&gt;은 모든 토큰 쌍의 표 없이 같은 수를 타일마다 계산합니다. &lt;b&gt;LoRA&lt;/b&gt;는 그대로 있는 모델에 더하는 작은 부분을 학습합니다. &lt;b&gt;QLoRA&lt;/b&gt;는 그 모델을 4비트로 둡니다.</translation>
    </message>
    <message>
        <source>At the left what is to be trained, on what and for how long; at the right what that takes of this machine. Under each setting stands what it does and its usual value.</source>
        <translation>왼쪽은 무엇을, 무엇으로, 얼마나 학습할지이고, 오른쪽은 그것이 이 컴퓨터에서 드는 비용입니다. 설정마다 하는 일과 흔히 쓰는 값이 아래에 있습니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Loss&lt;/b&gt; is how surprised the model is by the next token, in nats: it falls. The &lt;b&gt;validation loss&lt;/b&gt; is measured on text that it never learns; where it rises while the loss falls, the model begins to learn by heart.</source>
        <translation>&lt;b&gt;손실&lt;/b&gt;은 모델이 다음 토큰에 얼마나 놀라는지를 내트로 나타낸 것으로, 점점 내려갑니다. &lt;b&gt;검증 손실&lt;/b&gt;은 배우지 않는 글에서 잽니다. 손실이 내려가는데 검증 손실이 올라가면 외우기 시작한 것입니다.</translation>
    </message>
    <message>
        <source>A run can be paused with its weights in memory, changed while it goes on, saved, stopped and resumed. Checkpoints are written by themselves, every five minutes unless you say otherwise.</source>
        <translation>실행은 가중치를 메모리에 둔 채 일시 정지하고, 도중에 바꾸고, 저장하고, 멈췄다가 이어 갈 수 있습니다. 체크포인트는 따로 정하지 않으면 5분마다 저절로 저장됩니다.</translation>
    </message>
    <message>
        <source>Every run of this workspace. Tick several to see their curves in one plot and the settings in which they differ.</source>
        <translation>이 작업 공간의 모든 실행입니다. 여럿을 고르면 곡선을 한 그림에서, 그리고 서로 다른 설정을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Names, tags and notes are yours; a run that is deleted lies in the trash until you empty it.</source>
        <translation>이름, 태그, 메모는 마음대로 붙입니다. 지운 실행은 휴지통을 비울 때까지 거기에 있습니다.</translation>
    </message>
    <message>
        <source>Runs that wait for their turn stand in the queue: it goes on after an error, and after a restart. A &lt;b&gt;sweep&lt;/b&gt;, made on the Train page, is one run several times, with other values of a few settings.</source>
        <translation>차례를 기다리는 실행은 대기열에 있습니다. 오류가 난 뒤에도, 다시 시작한 뒤에도 이어집니다. 학습 페이지에서 만드는 &lt;b&gt;스윕&lt;/b&gt;은 몇몇 설정의 값을 바꿔 가며 같은 실행을 여러 번 하는 것입니다.</translation>
    </message>
    <message>
        <source>Talk to any model, also to the one that is being trained: it answers with the weights of its last finished step.</source>
        <translation>어느 모델과도, 학습 중인 모델과도 대화할 수 있습니다. 마지막으로 끝난 스텝의 가중치로 대답합니다.</translation>
    </message>
    <message>
        <source>A model that was tuned for conversations answers; one that was trained on plain text goes on from what you write.</source>
        <translation>대화용으로 튜닝된 모델은 대답하고, 글로만 학습된 모델은 쓴 글을 이어 갑니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Temperature&lt;/b&gt; 0 always takes the likeliest token; higher is more varied. With the same seed the same question gets the same answer.</source>
        <translation>&lt;b&gt;온도&lt;/b&gt; 0은 언제나 가장 그럴듯한 토큰을 고르고, 높을수록 다양해집니다. 시드가 같으면 같은 질문에 같은 답이 나옵니다.</translation>
    </message>
    <message>
        <source>Takes a model to other programs: a folder that transformers and vLLM load, an adapter for PEFT, 4 bits for bitsandbytes, a GGUF file for llama.cpp and Ollama.</source>
        <translation>모델을 다른 프로그램으로 가져갑니다. transformers와 vLLM이 읽는 폴더, PEFT용 어댑터, bitsandbytes용 4비트, llama.cpp와 Ollama용 GGUF 파일로 씁니다.</translation>
    </message>
    <message>
        <source>What was written is read back and compared with what it was made of, so that you know before you rely on it.</source>
        <translation>쓴 것을 다시 읽어 원래 것과 비교하므로, 믿고 쓰기 전에 알 수 있습니다.</translation>
    </message>
    <message>
        <source>How Lathe looks, in which language, and what it does while a model trains. Every choice takes effect at once and is kept for you, whatever workspace is open.</source>
        <translation>Lathe의 모양과 언어, 모델을 학습하는 동안 할 일을 정합니다. 모든 선택은 바로 적용되며, 어느 작업 공간을 열든 그대로 유지됩니다.</translation>
    </message>
    <message>
        <source>A &lt;b&gt;workspace&lt;/b&gt; is a folder with all that you make: runs, data sets, models, exports. It can be copied and moved as a whole; another one is opened in a window of its own.</source>
        <translation>&lt;b&gt;작업 공간&lt;/b&gt;은 만든 것이 모두 들어 있는 폴더입니다. 실행, 데이터 세트, 모델, 내보낸 모델이 있습니다. 통째로 복사하거나 옮길 수 있고, 다른 작업 공간은 새 창에서 열립니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Leave room&lt;/b&gt; trains on half of the cores, behind other programs: slower, with the same result.</source>
        <translation>&lt;b&gt;여유 남기기&lt;/b&gt;는 코어의 절반으로, 다른 프로그램보다 뒤에서 학습합니다. 느려지지만 결과는 같습니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Keys&lt;/b&gt; of every action can be others: a click on its row, the new keys, Enter. No action loses its keys to another one unasked.</source>
        <translation>모든 명령의 &lt;b&gt;단축키&lt;/b&gt;를 바꿀 수 있습니다. 행을 누르고 새 키를 누른 뒤 Enter를 치세요. 다른 명령의 키를 말없이 빼앗는 일은 없습니다.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tokens&lt;/b&gt; shows how probable each token of the answer was and what else could have stood there, before and after sampling; the answer can go on from any of these.</source>
        <translation>&lt;b&gt;토큰&lt;/b&gt;은 답변의 각 토큰이 확률이 얼마나 높았는지, 그 자리에 어떤 다른 토큰이 올 수 있었는지를 샘플링 전과 후로 나누어 보여 줍니다. 그중 어느 것에서든 답변을 이어 쓸 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>RunAxis</name>
    <message>
        <source>%1 B</source>
        <translation>%1B</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1M</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1k</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>토큰 %1개</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>스텝 %1</translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation>데이터 %1회</translation>
    </message>
</context>
<context>
    <name>RunFigure</name>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>초당 토큰</translation>
    </message>
    <message>
        <source>The run has no step yet.</source>
        <translation>아직 진행된 스텝이 없습니다.</translation>
    </message>
    <message>
        <source>nats per token · smoothing %1</source>
        <translation>토큰당 nat · 평활화 %1</translation>
    </message>
    <message>
        <source>nats per token</source>
        <translation>토큰당 nat</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>GB · peak at step %1</source>
        <translation>GB · 스텝 %1에서 최대</translation>
    </message>
    <message>
        <source>Memory by kind</source>
        <translation>종류별 메모리</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>재개됨</translation>
    </message>
    <message>
        <source>micro-batch halved</source>
        <translation>마이크로배치 절반</translation>
    </message>
    <message>
        <source>blocks recomputed</source>
        <translation>블록 재계산</translation>
    </message>
    <message>
        <source>validation rises</source>
        <translation>검증 손실 상승</translation>
    </message>
    <message>
        <source>validation not finite</source>
        <translation>검증 손실이 유한하지 않음</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>저장 못 함</translation>
    </message>
    <message>
        <source>another CPU</source>
        <translation>다른 CPU</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>유한하지 않음</translation>
    </message>
    <message>
        <source>%1 not finite</source>
        <translation>%1 유한하지 않음</translation>
    </message>
    <message>
        <source>batch skipped</source>
        <translation>배치 건너뜀</translation>
    </message>
</context>
<context>
    <name>RunSummary</name>
    <message>
        <source>%1, %2 layers of width %3</source>
        <translation>%1, 레이어 %2개, 너비 %3</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>no step yet</source>
        <translation>아직 스텝 없음</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>유한하지 않음</translation>
    </message>
    <message>
        <source>first step</source>
        <translation>첫 스텝</translation>
    </message>
    <message>
        <source>%1 since step %2</source>
        <translation>스텝 %2 이후 %1</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>검증 손실</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>측정 안 됨</translation>
    </message>
    <message>
        <source>best so far · perplexity %1</source>
        <translation>현재 최저 · 퍼플렉시티 %1</translation>
    </message>
    <message>
        <source>best %1 at step %2</source>
        <translation>최저 %1 · 스텝 %2</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>median of %1 steps</source>
        <translation>%1스텝의 중앙값</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>최대 메모리</translation>
    </message>
    <message>
        <source>at step %1</source>
        <translation>스텝 %1에서</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source> · highest %1</source>
        <translation> · 최고 %1</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>%1 × %2 tokens a step</source>
        <translation>스텝당 %1 × %2 토큰</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>시드 %1</translation>
    </message>
    <message>
        <source>started %1</source>
        <translation>시작: %1</translation>
    </message>
    <message>
        <source>Bits per byte</source>
        <translation>바이트당 비트</translation>
    </message>
    <message>
        <source>on the validation split</source>
        <translation>검증 데이터 기준</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · %2 남음</translation>
    </message>
    <message>
        <source>estimate %1</source>
        <translation>예상 %1</translation>
    </message>
    <message>
        <source>%1 of peak FLOP/s</source>
        <translation>이 컴퓨터 최고 성능의 %1</translation>
    </message>
</context>
<context>
    <name>SampleField</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
</context>
<context>
    <name>TuningAdvice</name>
    <message>
        <source>Plain text teaches how such text goes on, its words and its tone; to answer questions is learnt from questions with answers.</source>
        <translation>일반 글은 그런 글이 이어지는 방식과 낱말, 어조를 가르칩니다. 질문에 답하는 법은 질문과 답에서 배웁니다.</translation>
    </message>
    <message>
        <source>%1 examples teach the form of an answer alone, and are soon known by heart: r 8 and one to three passes are enough.</source>
        <translation>예시 %1개는 답변의 형식만 가르치며 곧 통째로 외워집니다. r 8에 1~3회 반복이면 충분합니다.</translation>
    </message>
    <message>
        <source>%1 examples teach manner, format and tone, and seldom new facts: what the model did not know it will mostly make up in the new manner.</source>
        <translation>예시 %1개는 말투와 형식, 어조를 가르치고 새로운 사실은 거의 가르치지 못합니다. 모델이 모르던 것은 대개 새 말투로 지어냅니다.</translation>
    </message>
    <message>
        <source>%1 examples teach manner and format firmly, and terms that come up often; single facts seldom stay.</source>
        <translation>예시 %1개는 말투와 형식을 확실히 가르치고, 자주 나오는 용어도 가르칩니다. 낱낱의 사실은 잘 남지 않습니다.</translation>
    </message>
    <message>
        <source>%1 examples, with %2 tokens to learn, teach manner and the vocabulary of a field; a fact stays where it is said in many ways.</source>
        <translation>예시 %1개(배울 토큰 %2개)는 말투와 한 분야의 어휘를 가르칩니다. 사실은 여러 가지로 거듭 말할 때 남습니다.</translation>
    </message>
    <message>
        <source>Better than the whole model, which takes about %1 and with so little data mostly forgets: %2, with about %3.</source>
        <translation>모델 전체는 약 %1가 들고 데이터가 이만큼이면 주로 잊기만 합니다. 약 %3가 드는 %2가 낫습니다.</translation>
    </message>
    <message>
        <source>The whole model can be trained: there is data for it, and it takes about %1 of the %2 there is; LoRA forgets less.</source>
        <translation>모델 전체를 학습할 수 있습니다. 데이터가 충분하고, %2 가운데 약 %1를 씁니다. 덜 잊는 쪽은 LoRA입니다.</translation>
    </message>
    <message>
        <source>QLoRA fits: in 16 bits it would take about %1 of the %2 there is, in 4 bits about %3, with nearly the same result.</source>
        <translation>QLoRA가 맞습니다. 16비트라면 %2 가운데 약 %1가 들지만 4비트로는 약 %3이고, 결과는 거의 같습니다.</translation>
    </message>
    <message>
        <source>LoRA fits: it takes about %1 of the %2 there is, and is faster than QLoRA with its 4 bits.</source>
        <translation>LoRA가 맞습니다. %2 가운데 약 %1을(를) 쓰며, 4비트인 QLoRA보다 빠릅니다.</translation>
    </message>
</context>
<context>
    <name>TuningDefaults</name>
    <message>
        <source>for tuning 16: enough for form and manner; a new field may want 32 or 64</source>
        <translation>튜닝에는 16: 형식과 말투에 충분함. 새로운 분야라면 32나 64</translation>
    </message>
    <message>
        <source>for tuning 32: twice r, so that a learning rate keeps its meaning</source>
        <translation>튜닝에는 32: r의 두 배로, 같은 학습률이 같은 뜻을 지님</translation>
    </message>
    <message>
        <source>for tuning 0.05: few examples are not so soon known by heart</source>
        <translation>튜닝에는 0.05: 적은 예시를 그리 빨리 외우지 않게 됨</translation>
    </message>
    <message>
        <source>for tuning all-linear: with all of them an adapter comes up to the whole model (QLoRA)</source>
        <translation>튜닝에는 all-linear: 모든 층에 붙여야 모델 전체 학습에 맞먹음 (QLoRA 논문)</translation>
    </message>
    <message>
        <source>for tuning 2e-4: an adapter begins at nothing and bears ten times the whole model&apos;s rate</source>
        <translation>튜닝에는 2e-4: 어댑터는 0에서 시작해 모델 전체의 열 배 학습률을 견딤</translation>
    </message>
    <message>
        <source>for tuning 2e-5: a higher rate undoes what the model knows</source>
        <translation>튜닝에는 2e-5: 더 높으면 모델이 아는 것을 지움</translation>
    </message>
    <message>
        <source>for tuning linear: it falls to zero, so that the last examples do not weigh most</source>
        <translation>튜닝에는 linear: 0까지 줄어들어 마지막 예시에 치우치지 않음</translation>
    </message>
    <message>
        <source>for tuning 10: AdamW&apos;s averages are known before it takes full steps</source>
        <translation>튜닝에는 10: AdamW의 평균이 잡힌 뒤에 온전한 스텝을 밟음</translation>
    </message>
    <message>
        <source>for tuning 4, times 4 batches an update: 16 examples agree on a direction, and little data still gives many updates</source>
        <translation>튜닝에는 4, 업데이트마다 배치 4개: 예시 16개로 방향이 고르고, 데이터가 적어도 업데이트가 여러 번</translation>
    </message>
    <message>
        <source>for tuning 4: an update of 16 examples in the memory of 4</source>
        <translation>튜닝에는 4: 예시 4개분 메모리로 16개분 업데이트</translation>
    </message>
    <message>
        <source>for tuning 3: one pass leaves the manner half learnt, many are learning by heart</source>
        <translation>튜닝에는 3: 1회로는 말투를 반만 배우고, 여러 번이면 외우게 됨</translation>
    </message>
    <message>
        <source>for tuning 0: by num_train_epochs</source>
        <translation>튜닝에는 0: num_train_epochs를 따름</translation>
    </message>
</context>
<context>
    <name>lathe::AdviceCard</name>
    <message>
        <source>What it can teach</source>
        <translation>배울 수 있는 것</translation>
    </message>
    <message>
        <source>Rules of thumb, from the number of examples, the tokens to learn and the memory there is</source>
        <translation>예시 수, 배울 토큰, 메모리로 어림한 경험칙</translation>
    </message>
</context>
<context>
    <name>lathe::AlternativeTable</name>
    <message>
        <source>cut off</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>id %1 · logprob %2</source>
        <translation>id %1 · 로그 확률 %2</translation>
    </message>
    <message>
        <source>This one stands here</source>
        <translation>이 자리에 쓰인 토큰입니다</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Drawn with</source>
        <translation>샘플링 뒤</translation>
    </message>
    <message>
        <source>Alternatives to the chosen token</source>
        <translation>고른 토큰의 대안</translation>
    </message>
    <message>
        <source>Probability that the model gives the token, before any sampling setting</source>
        <translation>샘플링 설정을 거치기 전에 모델이 이 토큰에 준 확률</translation>
    </message>
    <message>
        <source>Probability that it is drawn with: after repetition penalty, temperature, top-k, top-p and min-p. At temperature 0 one token has all of it</source>
        <translation>실제로 뽑힐 확률. 반복 페널티, 온도, top-k, top-p, min-p를 거친 값입니다. 온도 0에서는 한 토큰이 모두 가집니다</translation>
    </message>
</context>
<context>
    <name>lathe::AnswerFlow</name>
    <message>
        <source>Token %1 · “%2” · probability %3 · logprob %4 · rank %5 · entropy %6 nats</source>
        <translation>토큰 %1 · “%2” · 확률 %3 · 로그 확률 %4 · 순위 %5 · 엔트로피 %6나트</translation>
    </message>
    <message>
        <source>Tokens of the answer; the arrow keys go through them</source>
        <translation>답변의 토큰. 화살표 키로 하나씩 옮겨 갑니다</translation>
    </message>
</context>
<context>
    <name>lathe::AnswerRow</name>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>기대한 답</translation>
    </message>
    <message>
        <source>Before: the base</source>
        <translation>전: 바탕 모델</translation>
    </message>
    <message>
        <source>After: the tuned model</source>
        <translation>후: 튜닝한 모델</translation>
    </message>
    <message>
        <source>Copy the question and the answers</source>
        <translation>질문과 답변을 복사합니다</translation>
    </message>
</context>
<context>
    <name>lathe::CellEdit</name>
    <message>
        <source>Cell</source>
        <translation>셀</translation>
    </message>
</context>
<context>
    <name>lathe::ChatPage</name>
    <message>
        <source>Chat</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Once upon a time, in a small workshop by the river,</source>
        <translation>옛날 옛적 강가의 작은 공방에</translation>
    </message>
    <message>
        <source>Conversations are not saved now: %1</source>
        <translation>지금은 대화가 저장되지 않습니다: %1</translation>
    </message>
    <message>
        <source>“%1” is deleted.</source>
        <translation>“%1” 대화를 삭제했습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Brings the conversation back</source>
        <translation>삭제한 대화를 되돌립니다</translation>
    </message>
    <message>
        <source>Hide model and sampling</source>
        <translation>모델과 샘플링 숨기기</translation>
    </message>
    <message>
        <source>Show model and sampling</source>
        <translation>모델과 샘플링 보기</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>대화 내보내기</translation>
    </message>
    <message>
        <source>Text (*.txt);;Markdown (*.md)</source>
        <translation>텍스트 (*.txt);;Markdown (*.md)</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화 목록</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>답변 중지</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>대화 이름 바꾸기</translation>
    </message>
    <message>
        <source>Delete the conversation</source>
        <translation>대화 삭제</translation>
    </message>
    <message>
        <source>Copy the conversation</source>
        <translation>대화 복사</translation>
    </message>
    <message>
        <source>Export the conversation as text…</source>
        <translation>대화를 텍스트로 내보내기…</translation>
    </message>
    <message>
        <source>%1 answers what you write.</source>
        <translation>%1 모델이 적은 글에 답합니다.</translation>
    </message>
    <message>
        <source>Chat: %1 answers by its chat template.</source>
        <translation>대화: %1 모델이 자신의 대화 템플릿으로 답합니다.</translation>
    </message>
    <message>
        <source>Complete: %1 goes on from your text exactly as it stands.</source>
        <translation>이어쓰기: %1. 적은 글을 그대로 이어 씁니다.</translation>
    </message>
    <message>
        <source>Begins another conversation with this model and these settings</source>
        <translation>같은 모델과 설정으로 새 대화를 시작합니다</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>The last answer token by token: how probable each was, what else could have stood there, and the answer from there on. While this is on, each token costs one more pass over the vocabulary</source>
        <translation>마지막 답변을 토큰별로 봅니다. 각 토큰의 확률과 그 자리에 올 수 있던 다른 토큰을 보고, 거기서부터 답변을 이어 쓸 수 있습니다. 켜 두면 토큰마다 어휘를 한 번 더 훑습니다</translation>
    </message>
    <message>
        <source>Show the answer as tokens, or as text</source>
        <translation>답변을 토큰 또는 텍스트로 보기</translation>
    </message>
    <message>
        <source>Continue from the chosen alternative</source>
        <translation>고른 대안에서 이어쓰기</translation>
    </message>
    <message>
        <source>Bring back the former answer</source>
        <translation>이전 답변 되돌리기</translation>
    </message>
</context>
<context>
    <name>lathe::ChatSettings</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>샘플링</translation>
    </message>
    <message>
        <source>Kept with this conversation; a new one begins with them.</source>
        <translation>이 대화와 함께 저장되며, 새 대화도 이 설정으로 시작합니다.</translation>
    </message>
    <message>
        <source>The weights that answer: a run in training, its checkpoints, a model folder</source>
        <translation>답변할 가중치: 학습 중인 실행, 실행의 체크포인트, 모델 폴더</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Sampling as Lathe has it at first</source>
        <translation>샘플링 설정을 Lathe의 기본값으로 되돌립니다</translation>
    </message>
</context>
<context>
    <name>lathe::ClosePanel</name>
    <message>
        <source>Saving</source>
        <translation>저장하는 중</translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation>실행이 진행 중입니다</translation>
    </message>
    <message>
        <source>The last checkpoint is being written. Lathe closes when it is on disk.</source>
        <translation>마지막 체크포인트를 쓰고 있습니다. 디스크에 다 쓰면 Lathe가 닫힙니다.</translation>
    </message>
    <message>
        <source>Step %1 of %2. It can go on without the window, or be saved now and resumed at any time.</source>
        <translation>%2 스텝 중 %1. 창 없이 계속하거나, 지금 저장하고 언제든 이어 갈 수 있습니다.</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>트레이에서 계속</translation>
    </message>
    <message>
        <source>Go on, minimised</source>
        <translation>최소화하고 계속</translation>
    </message>
    <message>
        <source>Save and stop</source>
        <translation>저장하고 멈추기</translation>
    </message>
    <message>
        <source>Writes a checkpoint, then closes; the run can be resumed later</source>
        <translation>체크포인트를 쓰고 닫습니다. 실행은 나중에 이어 갈 수 있습니다</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>돌아가기</translation>
    </message>
    <message>
        <source>The window stays open</source>
        <translation>창을 열어 둡니다</translation>
    </message>
    <message>
        <source>Do the same the next time</source>
        <translation>다음에도 똑같이</translation>
    </message>
    <message>
        <source>Settings can change it again</source>
        <translation>설정에서 다시 바꿀 수 있습니다</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>멈추고 닫기</translation>
    </message>
    <message>
        <source>Ends the work; nothing half-made stays</source>
        <translation>작업을 끝냅니다. 만들다 만 것은 남지 않습니다</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>멈추는 중</translation>
    </message>
    <message>
        <source>Lathe closes as soon as the work can stop.</source>
        <translation>작업을 멈출 수 있게 되는 대로 Lathe가 닫힙니다.</translation>
    </message>
    <message>
        <source>Work is going on</source>
        <translation>진행 중인 작업이 있습니다</translation>
    </message>
    <message>
        <source>%1. It can go on without the window. Stopped now, it begins anew the next time; a download goes on where it was.</source>
        <translation>%1. 창이 없어도 계속할 수 있습니다. 지금 멈추면 다음에 처음부터 다시 시작합니다. 내려받기는 멈춘 곳에서 이어집니다.</translation>
    </message>
    <message>
        <source>The window closes, the work goes on; its icon is in the tray</source>
        <translation>창은 닫히고 작업은 계속됩니다. 트레이에 아이콘이 있습니다</translation>
    </message>
    <message>
        <source>This desktop has no tray: the window is minimised and the work goes on</source>
        <translation>이 데스크톱에는 트레이가 없습니다. 창은 최소화되고 작업은 계속됩니다</translation>
    </message>
    <message>
        <source>Closing while work goes on</source>
        <translation>작업 중에 닫기</translation>
    </message>
</context>
<context>
    <name>lathe::CodeBox</name>
    <message>
        <source>Copy: %1</source>
        <translation>복사: %1</translation>
    </message>
</context>
<context>
    <name>lathe::ColumnChoice</name>
    <message>
        <source>recognised: %1</source>
        <translation>자동 인식: %1</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답변</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>What the rows are: texts, conversations, or questions with answers</source>
        <translation>행의 종류: 텍스트, 대화, 또는 질문과 답변</translation>
    </message>
    <message>
        <source>The column of a conversation&apos;s messages</source>
        <translation>대화의 메시지가 든 열</translation>
    </message>
    <message>
        <source>The column of the question or instruction</source>
        <translation>질문이나 지시가 든 열</translation>
    </message>
    <message>
        <source>The column of what an instruction is about; it is put behind it</source>
        <translation>지시의 대상이 든 열. 지시 뒤에 붙습니다</translation>
    </message>
    <message>
        <source>The column of the answer, which is learnt</source>
        <translation>답변이 든 열. 이것을 학습합니다</translation>
    </message>
    <message>
        <source>The column of the text to train on</source>
        <translation>학습할 텍스트가 든 열</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>인식되지 않음</translation>
    </message>
</context>
<context>
    <name>lathe::CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>무엇을 하시겠습니까?</translation>
    </message>
    <message>
        <source>Search every action</source>
        <translation>모든 명령 검색</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Every action</source>
        <translation>모든 명령</translation>
    </message>
</context>
<context>
    <name>lathe::ComparePanel</name>
    <message>
        <source>%1 before the run, and after %2 steps of it</source>
        <translation>%1 — 실행 전과 %2스텝 뒤</translation>
    </message>
    <message>
        <source>The two could not be compared.</source>
        <translation>둘을 비교하지 못했습니다.</translation>
    </message>
    <message>
        <source>The comparison was cancelled.</source>
        <translation>비교를 취소했습니다.</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>다시 비교</translation>
    </message>
    <message>
        <source>The run&apos;s data is plain text, or no held-back question fits the context: there are no answers to compare. Ask both yourself.</source>
        <translation>데이터가 일반 글이거나, 떼어 둔 질문이 컨텍스트에 들어가지 않아 비교할 답변이 없습니다. 직접 둘에게 물어보세요.</translation>
    </message>
    <message>
        <source>Held-back examples, which the run was not trained on. Both answer with the likeliest token each time.</source>
        <translation>학습에 쓰지 않고 떼어 둔 예시입니다. 둘 다 매번 가장 그럴듯한 토큰으로 답합니다.</translation>
    </message>
    <message>
        <source>waiting for the engine…</source>
        <translation>엔진을 기다리는 중…</translation>
    </message>
    <message>
        <source>Perplexity before</source>
        <translation>실행 전 퍼플렉시티</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>손실 %1</translation>
    </message>
    <message>
        <source>Perplexity after</source>
        <translation>실행 후 퍼플렉시티</translation>
    </message>
    <message>
        <source>After / before</source>
        <translation>후 / 전</translation>
    </message>
    <message>
        <source>lower is better</source>
        <translation>낮을수록 좋음</translation>
    </message>
    <message>
        <source>! not better on held-back data</source>
        <translation>! 떼어 둔 데이터에서 나아지지 않음</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>측정 대상</translation>
    </message>
    <message>
        <source>held-back tokens to learn</source>
        <translation>떼어 둔 배울 토큰</translation>
    </message>
    <message>
        <source>Back to the run</source>
        <translation>실행으로 돌아가기</translation>
    </message>
    <message>
        <source>Shows the curves of the run again</source>
        <translation>실행의 곡선을 다시 봅니다</translation>
    </message>
    <message>
        <source>Held-back examples</source>
        <translation>떼어 둔 예시</translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation>둘에게 묻기</translation>
    </message>
    <message>
        <source>Compare on the examples that the run held back, or on a prompt of your own</source>
        <translation>실행이 떼어 둔 예시로, 또는 직접 쓴 프롬프트로 비교합니다</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교 중</translation>
    </message>
    <message>
        <source>Cancel comparison</source>
        <translation>비교 취소</translation>
    </message>
    <message>
        <source>Ends the comparison; nothing is lost but its time</source>
        <translation>비교를 끝냅니다. 걸린 시간 말고는 잃는 것이 없습니다</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>모두 복사</translation>
    </message>
    <message>
        <source>Copies every question and its answers as text</source>
        <translation>모든 질문과 답변을 글로 복사합니다</translation>
    </message>
</context>
<context>
    <name>lathe::ConfigDifferencesCard</name>
    <message>
        <source>Tick two runs or more to see in which settings they differ.</source>
        <translation>실행을 둘 이상 체크하면 어떤 설정이 다른지 보여 줍니다.</translation>
    </message>
    <message>
        <source>These runs have the same settings.</source>
        <translation>이 실행들은 설정이 모두 같습니다.</translation>
    </message>
    <message>
        <source>%1 settings differ</source>
        <translation>설정 %1개가 다름</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>서로 다른 설정</translation>
    </message>
    <message>
        <source>Settings in which the ticked runs differ</source>
        <translation>체크한 실행 사이에서 다른 설정</translation>
    </message>
    <message>
        <source>A row for each setting that is not the same in all ticked runs</source>
        <translation>체크한 실행들에서 값이 같지 않은 설정을 한 줄씩 보여 줍니다</translation>
    </message>
</context>
<context>
    <name>lathe::ConfigForm</name>
    <message>
        <source>%1 %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>설정 접기</translation>
    </message>
    <message>
        <source>All settings (%1 more)</source>
        <translation>모든 설정(%1개 더)</translation>
    </message>
    <message>
        <source>Shows what matters most alone</source>
        <translation>가장 중요한 설정만 표시합니다</translation>
    </message>
    <message>
        <source>Shows every setting of this section</source>
        <translation>이 섹션의 모든 설정을 표시합니다</translation>
    </message>
    <message>
        <source>Fresh model</source>
        <translation>새 모델</translation>
    </message>
    <message>
        <source>Go on from a folder</source>
        <translation>폴더에서 이어서 학습</translation>
    </message>
    <message>
        <source>No setting is called like this.</source>
        <translation>이 이름의 설정이 없습니다.</translation>
    </message>
    <message>
        <source>A fresh model begins with random weights, in the size given here; a folder&apos;s model goes on from its own weights, in its own size.</source>
        <translation>새 모델은 여기서 정한 크기로 무작위 가중치에서 시작하고, 폴더의 모델은 그 크기 그대로 자신의 가중치에서 이어서 학습합니다.</translation>
    </message>
    <message>
        <source>Every weight is trained: can learn the most, takes the most memory, and forgets the most easily.</source>
        <translation>모든 가중치를 학습합니다. 가장 많이 배울 수 있지만 메모리를 가장 많이 쓰고, 알던 것을 가장 쉽게 잊습니다.</translation>
    </message>
    <message>
        <source>A small adapter is trained on the model, which stays as it is: a tenth of the memory for training, and a file of a few megabytes.</source>
        <translation>모델은 그대로 두고 그 위에 작은 어댑터를 학습합니다. 학습에 드는 메모리는 10분의 1이고, 결과는 몇 MB짜리 파일입니다.</translation>
    </message>
    <message>
        <source>The adapter is trained on the model in 4 bits: least memory, nearly the same result. Merge it into the original model afterwards.</source>
        <translation>4비트로 줄인 모델 위에 어댑터를 학습합니다. 메모리를 가장 적게 쓰고 결과는 거의 같습니다. 나중에 원래 모델에 병합하세요.</translation>
    </message>
    <message>
        <source>Whole model</source>
        <translation>모델 전체</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>QLoRA</source>
        <translation>QLoRA</translation>
    </message>
    <message>
        <source>What is trained: all weights, or an adapter of low rank on an exact or a 4-bit base</source>
        <translation>학습할 대상: 모든 가중치, 또는 원래 정밀도나 4비트 바탕 위의 저계수 어댑터</translation>
    </message>
</context>
<context>
    <name>lathe::ConversationDelegate</name>
    <message>
        <source>answering…</source>
        <translation>답변 중…</translation>
    </message>
    <message>
        <source>the answer failed</source>
        <translation>답변 실패</translation>
    </message>
</context>
<context>
    <name>lathe::ConversationList</name>
    <message>
        <source>F2 renames, Delete deletes</source>
        <translation>F2: 이름 바꾸기, Delete: 삭제</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter the conversations</source>
        <translation>대화 필터</translation>
    </message>
    <message>
        <source>Shows the conversations with these words in title or text</source>
        <translation>제목이나 내용에 이 단어가 있는 대화만 표시합니다</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화 목록</translation>
    </message>
    <message>
        <source>Conversations, the last one sent to first</source>
        <translation>대화 목록. 최근에 보낸 대화가 맨 위에 표시됩니다</translation>
    </message>
    <message>
        <source>No conversation has these words.</source>
        <translation>이 단어가 있는 대화가 없습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::CurveBar</name>
    <message>
        <source>smoothing %1</source>
        <translation>평활화 %1</translation>
    </message>
    <message>
        <source>What the curves stand against. Costs nothing.</source>
        <translation>곡선의 가로축입니다. 비용은 없습니다.</translation>
    </message>
    <message>
        <source>The record of this run has its steps alone; the next run is shown as chosen.</source>
        <translation>이 실행의 기록에는 스텝만 있습니다. 다음 실행은 고른 대로 보여 줍니다.</translation>
    </message>
    <message>
        <source>by</source>
        <translation>가로축</translation>
    </message>
    <message>
        <source>What the curves stand against</source>
        <translation>곡선의 가로축</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>How much of the line is its past: 0 draws each step, 0.99 the trend alone; 0.6 is usual. Costs nothing.</source>
        <translation>선에 과거 값이 얼마나 섞이는지: 0은 스텝마다 그대로, 0.99는 추세만 그립니다. 보통 0.6입니다. 비용은 없습니다.</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Smooths by the number of steps: the more there are, the smoother</source>
        <translation>스텝 수에 맞춰 평활화합니다. 스텝이 많을수록 더 매끄럽습니다</translation>
    </message>
    <message>
        <source>This run was set by steps, and its record does not say how many of them are a pass over the data; the next run is shown as chosen.</source>
        <translation>이 실행은 스텝 수로 정해져서 데이터 한 번 반복이 몇 스텝인지 기록에 없습니다. 다음 실행은 고른 대로 보여 줍니다.</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>반복</translation>
    </message>
</context>
<context>
    <name>lathe::DataPage</name>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>파일 추가</translation>
    </message>
    <message>
        <source>Data (*.txt *.md *.html *.docx *.pdf *.jsonl *.json *.csv *.tsv);;All files (*)</source>
        <translation>데이터 (*.txt *.md *.html *.docx *.pdf *.jsonl *.json *.csv *.tsv);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message>
        <source>Saved as %1 of “%2”: %3 documents to train on, %4 held back.</source>
        <translation>“%2”의 %1로 저장됨: 학습 문서 %3개, 검증 문서 %4개.</translation>
    </message>
    <message>
        <source>Use for training</source>
        <translation>학습에 사용</translation>
    </message>
    <message>
        <source>“%1” is in the trash.</source>
        <translation>“%1”을(를) 휴지통으로 옮겼습니다.</translation>
    </message>
    <message>
        <source>%1 of “%2” is in the trash.</source>
        <translation>“%2”의 %1을(를) 휴지통으로 옮겼습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Writing the version…</source>
        <translation>버전 저장 중…</translation>
    </message>
    <message>
        <source>Going through the data…</source>
        <translation>데이터 살펴보는 중…</translation>
    </message>
    <message>
        <source>Kept: %1 of %2 documents, %3; %4 of them held back for validation.</source>
        <translation>남음: 문서 %2개 중 %1개, %3; 그중 %4개는 검증용.</translation>
    </message>
    <message>
        <source>Counting what the recipe would do…</source>
        <translation>정제법의 효과를 세는 중…</translation>
    </message>
    <message>
        <source>What is in it, what a recipe would leave of it, and versions that stay as they were.</source>
        <translation>무엇이 들었는지, 정제하면 무엇이 남는지, 그리고 바뀌지 않는 버전.</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>데이터 세트</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>정제</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>토크나이저</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Of the data set; saving under a name that is there makes its next version</source>
        <translation>데이터 세트의 이름; 이미 있는 이름으로 저장하면 다음 버전이 됩니다</translation>
    </message>
    <message>
        <source>a name to save it under</source>
        <translation>저장할 이름</translation>
    </message>
    <message>
        <source>Drop text files, tables of examples or folders here: you see what is in them, clean them, and keep each version with its recipe.</source>
        <translation>텍스트 파일, 예시 표, 폴더를 여기에 놓으세요. 내용을 살펴보고 정제해 버전마다 정제법과 함께 보관합니다.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Save as new version</source>
        <translation>새 버전으로 저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stops; nothing half-written stays</source>
        <translation>멈춥니다. 쓰다 만 파일은 남지 않습니다</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>휴지통으로</translation>
    </message>
    <message>
        <source>The data set with all its versions; it can be taken out again</source>
        <translation>모든 버전과 함께 옮깁니다. 다시 꺼낼 수 있습니다</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>정제법</translation>
    </message>
    <message>
        <source>Save the data as a new version</source>
        <translation>데이터를 새 버전으로 저장</translation>
    </message>
    <message>
        <source>Use the data for training</source>
        <translation>데이터를 학습에 사용</translation>
    </message>
    <message>
        <source>Add files to the data…</source>
        <translation>데이터에 파일 추가…</translation>
    </message>
    <message>
        <source>Add a folder to the data…</source>
        <translation>데이터에 폴더 추가…</translation>
    </message>
    <message>
        <source>Begin another data set</source>
        <translation>다른 데이터 세트 시작</translation>
    </message>
    <message>
        <source>Look through the data again</source>
        <translation>데이터 다시 살펴보기</translation>
    </message>
    <message>
        <source>The text is kept as %1 and added to the data.</source>
        <translation>텍스트를 %1(으)로 저장하고 데이터에 추가했습니다.</translation>
    </message>
    <message>
        <source>Look at the data</source>
        <translation>데이터 보기</translation>
    </message>
    <message>
        <source>Clean the data</source>
        <translation>데이터 정제</translation>
    </message>
    <message>
        <source>A tokenizer for the data</source>
        <translation>데이터에 맞는 토크나이저</translation>
    </message>
    <message>
        <source>Cancel what is done to the data</source>
        <translation>데이터 작업 취소</translation>
    </message>
    <message>
        <source>Move the data set to the trash</source>
        <translation>데이터 세트를 휴지통으로 옮기기</translation>
    </message>
    <message>
        <source>Train a tokenizer on the data</source>
        <translation>이 데이터로 토크나이저 학습</translation>
    </message>
    <message>
        <source>Compare the tokenizers on the data</source>
        <translation>이 데이터로 토크나이저 비교</translation>
    </message>
    <message>
        <source>Stop the tokenizer&apos;s work</source>
        <translation>토크나이저 작업 정지</translation>
    </message>
    <message>
        <source>Not counted. %1 looks through the data again.</source>
        <translation>세지 않았습니다. 데이터를 다시 살펴보려면: %1</translation>
    </message>
    <message>
        <source>Writes what the recipe keeps; the files stay as they are</source>
        <translation>정제법이 남기는 것을 저장합니다. 원본 파일은 그대로입니다</translation>
    </message>
    <message>
        <source>To the Train page with these files; what a recipe makes of them is saved as a version first</source>
        <translation>이 파일들로 학습 페이지로 갑니다. 정제한 결과는 먼저 버전으로 저장하세요</translation>
    </message>
</context>
<context>
    <name>lathe::DatasetList</name>
    <message>
        <source>Enter takes it out of the trash</source>
        <translation>Enter를 누르면 휴지통에서 꺼냅니다</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>데이터 세트</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>None saved yet.</source>
        <translation>아직 저장한 것이 없습니다.</translation>
    </message>
    <message>
        <source>None has these words.</source>
        <translation>이 단어가 든 것이 없습니다.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter the data sets</source>
        <translation>데이터 세트 필터</translation>
    </message>
    <message>
        <source>Shows the data sets with these words in their name</source>
        <translation>이름에 이 단어가 든 데이터 세트를 보여 줍니다</translation>
    </message>
    <message>
        <source>Enter opens the chosen one</source>
        <translation>Enter를 누르면 선택한 것을 엽니다</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>휴지통 비우기</translation>
    </message>
    <message>
        <source>Deletes the data sets and versions in it from the disk, for good</source>
        <translation>휴지통에 있는 데이터 세트와 버전을 디스크에서 완전히 지웁니다</translation>
    </message>
</context>
<context>
    <name>lathe::DocumentModel</name>
    <message>
        <source>%1 : %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>File : line</source>
        <translation>파일 : 줄</translation>
    </message>
    <message>
        <source>Text after the recipe</source>
        <translation>정제한 텍스트</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>정제법</translation>
    </message>
</context>
<context>
    <name>lathe::DocumentTable</name>
    <message>
        <source>Choose a document to read it.</source>
        <translation>읽을 문서를 고르세요.</translation>
    </message>
    <message>
        <source>Its first %1; there is more of it.</source>
        <translation>앞부분 %1만 표시합니다.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Arrows, Page Down and End move through all of them; pages come as they are looked at</source>
        <translation>화살표, Page Down, End로 전체를 오갑니다. 볼 때마다 한 쪽씩 읽어 옵니다</translation>
    </message>
    <message>
        <source>Text of the chosen document</source>
        <translation>선택한 문서의 텍스트</translation>
    </message>
    <message>
        <source>As the recipe leaves it</source>
        <translation>정제한 뒤의 모습</translation>
    </message>
</context>
<context>
    <name>lathe::DownloadSettings</name>
    <message>
        <source>Mirror and proxy</source>
        <translation>미러와 프록시</translation>
    </message>
    <message>
        <source>From where models are fetched, and whether they may be</source>
        <translation>모델을 어디에서 내려받을지, 내려받아도 되는지 정합니다</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>미러</translation>
    </message>
    <message>
        <source>Address of a site that has the same repositories as Hugging Face</source>
        <translation>Hugging Face와 같은 저장소가 있는 사이트의 주소</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>프록시</translation>
    </message>
    <message>
        <source>Address of the proxy that leads out of this network</source>
        <translation>이 네트워크에서 밖으로 나가는 프록시의 주소</translation>
    </message>
    <message>
        <source>the environment&apos;s</source>
        <translation>환경 변수의 값</translation>
    </message>
    <message>
        <source>Downloads allowed</source>
        <translation>다운로드 허용</translation>
    </message>
    <message>
        <source>Off: Lathe asks nothing of the network</source>
        <translation>끄면 Lathe는 네트워크를 전혀 쓰지 않습니다</translation>
    </message>
</context>
<context>
    <name>lathe::ExampleModel</name>
    <message>
        <source>Add rows</source>
        <translation>행 추가</translation>
    </message>
    <message>
        <source>Delete rows</source>
        <translation>행 삭제</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Clear cells</source>
        <translation>셀 비우기</translation>
    </message>
    <message>
        <source>Edit a turn</source>
        <translation>차례 편집</translation>
    </message>
    <message>
        <source>Add turns</source>
        <translation>차례 추가</translation>
    </message>
    <message>
        <source>Remove turns</source>
        <translation>차례 제거</translation>
    </message>
    <message>
        <source>Edit a cell</source>
        <translation>셀 편집</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답변</translation>
    </message>
    <message>
        <source>System message</source>
        <translation>시스템 메시지</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>차례</translation>
    </message>
    <message>
        <source>What is asked: read, and not learnt. Of several turns the first question</source>
        <translation>묻는 말. 읽기만 하고 학습하지 않습니다. 차례가 여럿이면 첫 질문</translation>
    </message>
    <message>
        <source>What the model learns to say. Of several turns the last answer</source>
        <translation>모델이 학습하는 말. 차례가 여럿이면 마지막 답변</translation>
    </message>
    <message>
        <source>What stands before the conversation: who the model is, how it answers</source>
        <translation>대화 앞에 놓이는 말: 모델이 누구이고 어떻게 답하는지</translation>
    </message>
    <message>
        <source>Questions and answers of the conversation; it is edited below the table</source>
        <translation>대화의 질문과 답변 수. 표 아래에서 편집합니다</translation>
    </message>
</context>
<context>
    <name>lathe::ExampleView</name>
    <message>
        <source>Examples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>잘라내기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>행 추가</translation>
    </message>
    <message>
        <source>Delete the rows</source>
        <translation>행 삭제</translation>
    </message>
</context>
<context>
    <name>lathe::ExamplesPanel</name>
    <message>
        <source>A table has %1 examples at most.</source>
        <translation>표 하나에는 예시를 최대 %1개까지 넣을 수 있습니다.</translation>
    </message>
    <message>
        <source>A table cannot be called “%1”: there is a file of this name, or it is none.</source>
        <translation>표 이름으로 “%1”을(를) 쓸 수 없습니다. 같은 이름의 파일이 있거나 파일 이름이 될 수 없습니다.</translation>
    </message>
    <message>
        <source>examples: %1</source>
        <translation>예시: %1</translation>
    </message>
    <message>
        <source>! empty answers: %1</source>
        <translation>! 빈 답변: %1</translation>
    </message>
    <message>
        <source>! duplicates: %1</source>
        <translation>! 중복: %1</translation>
    </message>
    <message>
        <source>The examples are being read…</source>
        <translation>예시를 읽는 중…</translation>
    </message>
    <message>
        <source>Type questions and the answers they should get, or paste rows from a spreadsheet.</source>
        <translation>질문과 그에 맞는 답변을 입력하거나, 스프레드시트에서 행을 붙여넣으세요.</translation>
    </message>
    <message>
        <source>Add the first</source>
        <translation>첫 예시 추가</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>저장되지 않음</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>saved, trained on</source>
        <translation>저장됨 · 학습에 사용</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Train on these</source>
        <translation>이 예시로 학습</translation>
    </message>
    <message>
        <source>Writes the file now, which happens by itself a moment after every change (Ctrl+S)</source>
        <translation>파일을 지금 저장합니다. 바꾼 뒤 잠시 지나면 자동으로도 저장됩니다(Ctrl+S)</translation>
    </message>
    <message>
        <source>Saves the table and puts its file among data.files of this run (Ctrl+S)</source>
        <translation>표를 저장하고 그 파일을 이 학습의 data.files에 넣습니다(Ctrl+S)</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Back to the settings</source>
        <translation>설정으로 돌아가기</translation>
    </message>
    <message>
        <source>Shows the form again (Esc); the table is kept</source>
        <translation>설정 양식을 다시 보여 줍니다(Esc). 표는 그대로 남습니다</translation>
    </message>
    <message>
        <source>New table</source>
        <translation>새 표</translation>
    </message>
    <message>
        <source>Begins another file; this one is saved</source>
        <translation>다른 파일을 시작합니다. 지금 표는 저장됩니다</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>행 추가</translation>
    </message>
    <message>
        <source>An empty example below this one (Ctrl++)</source>
        <translation>이 예시 아래에 빈 예시를 추가합니다(Ctrl++)</translation>
    </message>
    <message>
        <source>Delete rows</source>
        <translation>행 삭제</translation>
    </message>
    <message>
        <source>Takes the chosen examples away; undo brings them back (Ctrl+-)</source>
        <translation>선택한 예시를 지웁니다. 실행 취소로 되돌릴 수 있습니다(Ctrl+-)</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Cells of a spreadsheet, from the chosen one on (Ctrl+V)</source>
        <translation>선택한 셀부터 스프레드시트의 셀을 붙여넣습니다(Ctrl+V)</translation>
    </message>
    <message>
        <source>System message</source>
        <translation>시스템 메시지</translation>
    </message>
    <message>
        <source>Shows the column of what stands before each conversation</source>
        <translation>대화 앞에 놓이는 말의 열을 보여 줍니다</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>차례</translation>
    </message>
    <message>
        <source>Shows all turns of the chosen conversation below the table</source>
        <translation>선택한 대화의 모든 차례를 표 아래에 보여 줍니다</translation>
    </message>
    <message>
        <source>Name of the table</source>
        <translation>표 이름</translation>
    </message>
    <message>
        <source>Its file in the workspace&apos;s datasets folder is called so</source>
        <translation>작업 공간의 datasets 폴더에 있는 파일의 이름입니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
</context>
<context>
    <name>lathe::ExportForm</name>
    <message>
        <source>Export into a new folder under</source>
        <translation>새 폴더를 만들 위치</translation>
    </message>
    <message>
        <source>Folder of a PEFT adapter</source>
        <translation>PEFT 어댑터 폴더</translation>
    </message>
    <message>
        <source>A folder for transformers and vLLM, the adapter merged into the weights.</source>
        <translation>transformers와 vLLM용 폴더. 어댑터를 가중치에 병합합니다.</translation>
    </message>
    <message>
        <source>A folder for transformers and vLLM.</source>
        <translation>transformers와 vLLM용 폴더.</translation>
    </message>
    <message>
        <source>The adapter alone, for PEFT and vLLM; its base stays where it is.</source>
        <translation>PEFT와 vLLM용 어댑터만. 베이스 모델은 그대로 둡니다.</translation>
    </message>
    <message>
        <source>bitsandbytes NF4, double quantised: a quarter of the size; the linear layers have 4 bits, the rest these numbers.</source>
        <translation>bitsandbytes NF4(이중 양자화): 크기가 약 4분의 1입니다. 선형 층은 4비트, 나머지는 아래 형식으로 저장합니다.</translation>
    </message>
    <message>
        <source>One file for llama.cpp, Ollama and LM Studio.</source>
        <translation>llama.cpp, Ollama, LM Studio용 파일 하나.</translation>
    </message>
    <message>
        <source>What and where</source>
        <translation>대상과 위치</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>A run&apos;s last or best checkpoint, the starter model, a model folder or a GGUF file</source>
        <translation>실행의 마지막 또는 최고 체크포인트, 시작 모델, 모델 폴더 또는 GGUF 파일</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>어댑터</translation>
    </message>
    <message>
        <source>Folder of a PEFT LoRA adapter to lay over the weights</source>
        <translation>가중치에 적용할 PEFT LoRA 어댑터 폴더</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>수 형식</translation>
    </message>
    <message>
        <source>How each weight is stored. bfloat16 is what most checkpoints are; Q4_K_M is the usual choice of llama.cpp and Ollama, Q8_0 is twice as large and nearly exact.</source>
        <translation>가중치를 저장하는 형식입니다. 대부분의 체크포인트는 bfloat16입니다. llama.cpp와 Ollama에서는 보통 Q4_K_M을 쓰며, Q8_0은 두 배 크지만 거의 정확합니다.</translation>
    </message>
    <message>
        <source>Cut into</source>
        <translation>나누기</translation>
    </message>
    <message>
        <source>Weights larger than this are split over several files</source>
        <translation>이보다 큰 가중치는 여러 파일로 나눕니다</translation>
    </message>
    <message>
        <source>one file</source>
        <translation>파일 하나</translation>
    </message>
    <message>
        <source>files of %1</source>
        <translation>%1씩</translation>
    </message>
    <message>
        <source>For Ollama</source>
        <translation>Ollama용</translation>
    </message>
    <message>
        <source>Writes a Modelfile: chat template, end tokens, context</source>
        <translation>Modelfile을 씁니다: 대화 템플릿, 종료 토큰, 컨텍스트</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>System message that the Modelfile sets</source>
        <translation>Modelfile에 넣을 시스템 메시지</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>모델의 기본값</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>A new or empty folder</source>
        <translation>새 폴더 또는 빈 폴더</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Choose the adapter&apos;s folder</source>
        <translation>어댑터 폴더를 선택합니다</translation>
    </message>
    <message>
        <source>Choose the folder that the new one is made in</source>
        <translation>새 폴더를 만들 위치를 선택합니다</translation>
    </message>
</context>
<context>
    <name>lathe::ExportPage</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>This folder is not empty; an export never writes over anything.</source>
        <translation>이 폴더는 비어 있지 않습니다. 내보내기는 기존 파일을 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Too little space: %1 free there.</source>
        <translation>공간이 부족합니다. 남은 공간: %1.</translation>
    </message>
    <message>
        <source>%1 free there. The folder appears when it is whole, or not at all.</source>
        <translation>남은 공간: %1. 폴더는 모두 완성된 뒤에만 나타납니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stops; nothing half-written stays</source>
        <translation>중단합니다. 쓰다 만 파일은 남지 않습니다</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>내보내기 취소</translation>
    </message>
    <message>
        <source>Will be written</source>
        <translation>저장될 파일</translation>
    </message>
    <message>
        <source>The files and their sizes will be listed here.</source>
        <translation>파일과 크기가 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Use a free name</source>
        <translation>안 쓰는 이름으로</translation>
    </message>
    <message>
        <source>Puts a number behind the name</source>
        <translation>이름 뒤에 번호를 붙입니다</translation>
    </message>
    <message>
        <source>Reading it back…</source>
        <translation>다시 읽어 확인하는 중…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>쓰는 중…</translation>
    </message>
    <message>
        <source>For transformers, vLLM, PEFT, llama.cpp and Ollama; read back and compared.</source>
        <translation>transformers, vLLM, PEFT, llama.cpp, Ollama용으로 쓰고, 다시 읽어 비교합니다.</translation>
    </message>
    <message>
        <source>Use in Ollama</source>
        <translation>Ollama에서 쓰기</translation>
    </message>
    <message>
        <source>Writes a GGUF of 4 bits and a Modelfile</source>
        <translation>4비트 GGUF와 Modelfile을 씁니다</translation>
    </message>
    <message>
        <source>Export for Ollama</source>
        <translation>Ollama용으로 내보내기</translation>
    </message>
    <message>
        <source>Writes the files listed below, reads them back and compares</source>
        <translation>아래 파일을 쓰고, 다시 읽어 비교합니다</translation>
    </message>
</context>
<context>
    <name>lathe::ExportResult</name>
    <message>
        <source>It is being read back and compared with what it was made of…</source>
        <translation>다시 읽어 원본과 비교하는 중입니다…</translation>
    </message>
    <message>
        <source>It was not read back.</source>
        <translation>다시 읽어 확인하지 않았습니다.</translation>
    </message>
    <message>
        <source>It could not be proven: %1</source>
        <translation>확인하지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Read back: its tokenizer makes other tokens of the same text.</source>
        <translation>확인 결과: 토크나이저가 같은 글을 다른 토큰으로 나눕니다.</translation>
    </message>
    <message>
        <source>Read back: it answers as what it was made of.</source>
        <translation>확인 결과: 원본과 같은 답을 합니다.</translation>
    </message>
    <message>
        <source>Read back: the rounding changes some of its choices; see below.</source>
        <translation>확인 결과: 반올림 때문에 일부 선택이 달라집니다. 아래를 보세요.</translation>
    </message>
    <message>
        <source>The export</source>
        <translation>내보낸 모델</translation>
    </message>
    <message>
        <source>What it was made of</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Perplexity over %1 tokens</source>
        <translation>퍼플렉시티(토큰 %1개)</translation>
    </message>
    <message>
        <source>First choice equal</source>
        <translation>첫 번째 선택 일치</translation>
    </message>
    <message>
        <source>%1 where the choice is clear</source>
        <translation>선택이 분명한 곳에서 %1</translation>
    </message>
    <message>
        <source>Largest difference of a logit</source>
        <translation>로짓의 최대 차이</translation>
    </message>
    <message>
        <source>Goes on from “%1”</source>
        <translation>“%1” 다음</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>In Python, with transformers</source>
        <translation>Python에서 transformers로</translation>
    </message>
    <message>
        <source>In Python, with PEFT</source>
        <translation>Python에서 PEFT로</translation>
    </message>
    <message>
        <source>As an OpenAI server, with vLLM</source>
        <translation>vLLM으로 OpenAI 서버 실행</translation>
    </message>
    <message>
        <source>In a terminal, with llama.cpp</source>
        <translation>터미널에서 llama.cpp로</translation>
    </message>
    <message>
        <source>In a terminal, with Ollama</source>
        <translation>터미널에서 Ollama로</translation>
    </message>
    <message>
        <source>In a terminal, with Lathe</source>
        <translation>터미널에서 Lathe로</translation>
    </message>
    <message>
        <source>vLLM runs weights that are NF4 already on one GPU, or in pipeline stages.</source>
        <translation>vLLM은 이미 NF4인 가중치를 GPU 하나 또는 파이프라인 단계로만 실행합니다.</translation>
    </message>
    <message>
        <source>vLLM takes no adapter of rank %1; 512 is its most.</source>
        <translation>vLLM은 랭크 %1 어댑터를 받지 않습니다. 최대 512입니다.</translation>
    </message>
    <message>
        <source>There is no tokenizer: texts cannot be sent to it.</source>
        <translation>토크나이저가 없어 글을 보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>There is no chat template: vLLM answers completions, not chats.</source>
        <translation>대화 템플릿이 없어 vLLM은 대화가 아니라 이어쓰기에만 답합니다.</translation>
    </message>
    <message>
        <source>Perhaps not the tokenizer of these weights: %1</source>
        <translation>이 가중치의 토크나이저가 아닐 수 있습니다: %1</translation>
    </message>
    <message>
        <source>The weights were of few bits before; made of the 16-bit original it would be better.</source>
        <translation>이미 적은 비트로 줄인 가중치입니다. 16비트 원본으로 만들면 더 좋습니다.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>내보내기 완료</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Shows it in the file manager</source>
        <translation>파일 관리자에서 엽니다</translation>
    </message>
    <message>
        <source>Export another</source>
        <translation>하나 더 내보내기</translation>
    </message>
    <message>
        <source>Back to the choice, with a free name</source>
        <translation>선택으로 돌아가 새 이름을 씁니다</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>저장 위치: %1</translation>
    </message>
    <message>
        <source>Perhaps not the base of this adapter: %1</source>
        <translation>이 어댑터의 바탕 모델이 아닐 수 있습니다: %1</translation>
    </message>
</context>
<context>
    <name>lathe::FetchCard</name>
    <message>
        <source>Repository</source>
        <translation>저장소</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>not told: look at its page before you use it</source>
        <translation>표시 없음: 쓰기 전에 해당 페이지에서 확인하세요</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>내려받을 크기</translation>
    </message>
    <message>
        <source>%1, of which %2 are already there</source>
        <translation>%1, 그중 %2는 이미 있음</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>저장 위치</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>초당 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Downloads are switched off. Nothing is asked of the network.</source>
        <translation>다운로드가 꺼져 있습니다. 네트워크를 전혀 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Asking what there is…</source>
        <translation>무엇이 있는지 알아보는 중…</translation>
    </message>
    <message>
        <source>Nothing is asked of the network before you press a button. Only what Lathe opens is fetched: weights as safetensors or GGUF, configuration, tokenizer, licence.</source>
        <translation>버튼을 누르기 전에는 네트워크를 쓰지 않습니다. Lathe가 여는 파일만 내려받습니다: safetensors나 GGUF 가중치, 설정, 토크나이저, 라이선스.</translation>
    </message>
    <message>
        <source>It is there, and in the list.</source>
        <translation>모두 받았습니다. 목록에 있습니다.</translation>
    </message>
    <message>
        <source>The folder appears when it is whole.</source>
        <translation>폴더는 모두 완성된 뒤에 나타납니다.</translation>
    </message>
    <message>
        <source>Fetch a model</source>
        <translation>모델 내려받기</translation>
    </message>
    <message>
        <source>Qwen/Qwen3-0.6B, org/name/file.gguf or https://…</source>
        <translation>Qwen/Qwen3-0.6B, org/name/file.gguf 또는 https://…</translation>
    </message>
    <message>
        <source>Model to fetch</source>
        <translation>내려받을 모델</translation>
    </message>
    <message>
        <source>A repository of Hugging Face, one file of it, or the address of a GGUF file. For a repository behind a gate, set HF_TOKEN before Lathe starts.</source>
        <translation>Hugging Face의 저장소나 그 안의 파일 하나, 또는 GGUF 파일의 주소입니다. 접근 승인이 필요한 저장소라면 Lathe를 시작하기 전에 HF_TOKEN을 설정하세요.</translation>
    </message>
    <message>
        <source>Look it up</source>
        <translation>알아보기</translation>
    </message>
    <message>
        <source>Asks for licence, size and files; fetches nothing yet</source>
        <translation>라이선스, 크기, 파일 목록만 물어봅니다. 아직 내려받지 않습니다</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Fetches these files into the workspace</source>
        <translation>이 파일들을 작업 공간에 내려받습니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>What is there is kept: the next time it goes on from there</source>
        <translation>받은 부분은 보관되며, 다음에 이어서 내려받습니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>lathe::FileList</name>
    <message>
        <source>Add text to train on</source>
        <translation>학습할 텍스트 추가</translation>
    </message>
    <message>
        <source>Add a folder of text</source>
        <translation>텍스트 폴더 추가</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>%1 is not there</source>
        <translation>%1: 찾을 수 없음</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Takes the chosen ones off the list; the files stay</source>
        <translation>선택한 항목을 목록에서 뺍니다. 파일은 그대로 남습니다</translation>
    </message>
    <message>
        <source>or drop them here</source>
        <translation>또는 여기에 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Every such file of a folder; .json only where data.format is one of rows</source>
        <translation>폴더 안의 그런 파일 모두. .json은 data.format이 행 형식일 때만</translation>
    </message>
    <message>
        <source>Data (*.txt *.md *.html *.docx *.pdf *.jsonl *.json *.csv *.tsv);;All files (*)</source>
        <translation>데이터 (*.txt *.md *.html *.docx *.pdf *.jsonl *.json *.csv *.tsv);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Text (.txt, .md, .html, .docx, .pdf) or rows (.jsonl, .json, .csv, .tsv) to train on</source>
        <translation>학습할 텍스트(.txt, .md, .html, .docx, .pdf) 또는 행(.jsonl, .json, .csv, .tsv)</translation>
    </message>
    <message>
        <source>Write examples…</source>
        <translation>예시 쓰기…</translation>
    </message>
    <message>
        <source>A table of questions and answers, to type or to paste from a spreadsheet</source>
        <translation>질문과 답변의 표. 직접 입력하거나 스프레드시트에서 붙여넣습니다</translation>
    </message>
    <message>
        <source>Edit as a table…</source>
        <translation>표로 편집…</translation>
    </message>
    <message>
        <source>Opens the chosen file&apos;s examples; what is not a table of Lathe&apos;s own is saved as a new file</source>
        <translation>선택한 파일의 예시를 엽니다. Lathe가 만든 표가 아니면 새 파일로 저장됩니다</translation>
    </message>
    <message>
        <source>no data, left out: %1</source>
        <translation>데이터가 아니어서 뺐습니다: %1</translation>
    </message>
</context>
<context>
    <name>lathe::FormField</name>
    <message>
        <source>use %1</source>
        <translation>%1 사용</translation>
    </message>
    <message>
        <source>Puts the nearest legal value in</source>
        <translation>허용되는 가장 가까운 값을 넣습니다</translation>
    </message>
    <message>
        <source>Legal: %1</source>
        <translation>허용 범위: %1</translation>
    </message>
    <message>
        <source>Costs: %1</source>
        <translation>비용: %1</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>폴더를 선택합니다</translation>
    </message>
</context>
<context>
    <name>lathe::Guide</name>
    <message>
        <source>Welcome to Lathe</source>
        <translation>Lathe에 오신 것을 환영합니다</translation>
    </message>
    <message>
        <source>The pages at the left stand in the order of the work. This tour takes a minute and can be skipped; Start has three doors for who wants to begin at once.</source>
        <translation>왼쪽의 페이지들은 일하는 순서대로 있습니다. 이 안내는 1분이 걸리고 건너뛸 수 있습니다. 바로 시작하려면 시작 페이지에 세 개의 문이 있습니다.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>What a model learns from. Drop files here, see what is in them, clean them, hold some back for validation.</source>
        <translation>모델이 배우는 재료입니다. 파일을 여기에 놓아 내용을 보고, 정리하고, 검증용으로 일부를 떼어 둡니다.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Models that are on this disk, and the place to build one: a drawing of it, and what it costs before it is trained.</source>
        <translation>이 디스크에 있는 모델과, 새로 만드는 곳입니다. 모델의 그림과 드는 비용을 학습하기 전에 봅니다.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Everything about one run: its settings, its price in memory and time, then its curves. It can be paused, changed and stopped, and it is never lost.</source>
        <translation>실행 하나의 모든 것입니다. 설정, 드는 메모리와 시간, 그리고 곡선을 봅니다. 일시 정지하고, 바꾸고, 멈출 수 있으며, 잃어버리지 않습니다.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>All runs side by side: their curves in one plot, and what was different.</source>
        <translation>모든 실행을 나란히 봅니다. 곡선을 한 그림에서, 무엇이 달랐는지와 함께.</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Talk to any model, also while it is being trained.</source>
        <translation>어느 모델과도, 학습 중에도 대화합니다.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Take a model to transformers, vLLM, llama.cpp or Ollama; what was written is checked.</source>
        <translation>모델을 transformers, vLLM, llama.cpp, Ollama로 가져갑니다. 쓴 것은 확인합니다.</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>언제든지</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Settings can show it again</source>
        <translation>설정에서 다시 볼 수 있습니다</translation>
    </message>
    <message>
        <source>%1 finds every action by name, %2 explains the page, the line at the foot tells what the engine does.</source>
        <translation>명령을 이름으로 찾기: %1. 페이지 설명: %2. 맨 아래 줄은 엔진이 하는 일을 알려 줍니다.</translation>
    </message>
</context>
<context>
    <name>lathe::HelpPanel</name>
    <message>
        <source>About the page %1</source>
        <translation>%1 페이지 설명</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>lathe::HistogramView</name>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>표준 편차</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>0인 값</translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation>유한하지 않은 값</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Choose a tensor to see how its values spread.</source>
        <translation>텐서를 선택하면 값의 분포가 표시됩니다.</translation>
    </message>
    <message>
        <source>Reading its values…</source>
        <translation>값을 읽는 중…</translation>
    </message>
    <message>
        <source>Its values could not be read.</source>
        <translation>값을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>%1부터 %2까지</translation>
    </message>
</context>
<context>
    <name>lathe::InspectionCard</name>
    <message>
        <source>What the data would teach is shown here once files are named.</source>
        <translation>파일을 지정하면 이 데이터가 가르칠 내용이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>파일 선택</translation>
    </message>
    <message>
        <source>Goes to the setting data.files</source>
        <translation>data.files 설정으로 이동합니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Ends the look at the data; the run reads it anyway</source>
        <translation>데이터 살펴보기를 끝냅니다. 실행은 어차피 데이터를 읽습니다</translation>
    </message>
    <message>
        <source>The data was not looked at.</source>
        <translation>데이터를 살펴보지 않았습니다.</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>살펴보기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Its tokens are known once the run has trained the tokenizer.</source>
        <translation>토큰은 실행이 토크나이저를 학습한 뒤에 알 수 있습니다.</translation>
    </message>
    <message>
        <source>It did not come to tokens.</source>
        <translation>토큰으로 바꾸지 못했습니다.</translation>
    </message>
    <message>
        <source>The model&apos;s chat template does not work: prompt and answer as they stand.</source>
        <translation>모델의 대화 템플릿이 작동하지 않아 프롬프트와 답변을 있는 그대로 씁니다.</translation>
    </message>
    <message>
        <source>The model has no chat template: prompt and answer as they stand.</source>
        <translation>모델에 대화 템플릿이 없어 프롬프트와 답변을 있는 그대로 씁니다.</translation>
    </message>
    <message>
        <source>reading the data</source>
        <translation>데이터를 읽는 중</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Look at the files again</source>
        <translation>파일을 다시 살펴보기</translation>
    </message>
    <message>
        <source>Look into the batch</source>
        <translation>배치 들여다보기</translation>
    </message>
    <message>
        <source>Looking at the data</source>
        <translation>데이터를 살펴보는 중</translation>
    </message>
    <message>
        <source>Start all the same</source>
        <translation>그래도 시작</translation>
    </message>
    <message>
        <source>The run goes on with the other files; forgotten when the data changes</source>
        <translation>다른 파일로 실행합니다. 데이터가 바뀌면 이 선택은 취소됩니다</translation>
    </message>
    <message>
        <source>Done with the columns</source>
        <translation>열 설정 닫기</translation>
    </message>
    <message>
        <source>Change format or columns</source>
        <translation>형식 또는 열 바꾸기</translation>
    </message>
    <message>
        <source>Shows what the rows are read as, and which column holds what</source>
        <translation>행을 무엇으로 읽는지, 어느 열에 무엇이 있는지 보여 줍니다</translation>
    </message>
    <message>
        <source>Shows examples as the tokens that are trained on</source>
        <translation>예시를 학습에 쓰이는 토큰으로 보여 줍니다</translation>
    </message>
</context>
<context>
    <name>lathe::InspectionPanel</name>
    <message>
        <source>The data is being read…</source>
        <translation>데이터를 읽고 있습니다…</translation>
    </message>
    <message>
        <source>The data was not looked at; what is wrong stands at the right.</source>
        <translation>데이터를 살펴보지 못했습니다. 이유는 오른쪽에 있습니다.</translation>
    </message>
    <message>
        <source>Tokens are shown as soon as there is a tokenizer: choose a base model or a tokenizer&apos;s folder. A fresh model without one trains its own when it starts.</source>
        <translation>토크나이저가 있으면 토큰이 표시됩니다. 바탕 모델이나 토크나이저 폴더를 선택하세요. 토크나이저가 없는 새 모델은 시작할 때 직접 학습합니다.</translation>
    </message>
    <message>
        <source>There are no examples to show; why stands at the right.</source>
        <translation>보여 줄 예시가 없습니다. 이유는 오른쪽에 있습니다.</translation>
    </message>
    <message>
        <source>The tokens are being read…</source>
        <translation>토큰을 읽고 있습니다…</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>/ %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>%1번째 줄</translation>
    </message>
    <message>
        <source>tokens: %1</source>
        <translation>토큰: %1</translation>
    </message>
    <message>
        <source>cut off: %1</source>
        <translation>잘림: %1</translation>
    </message>
    <message>
        <source>documents: %1</source>
        <translation>문서: %1</translation>
    </message>
    <message>
        <source>The first %1 tokens are drawn; the text has all.</source>
        <translation>처음 %1개 토큰만 그려졌습니다. 텍스트에는 모두 있습니다.</translation>
    </message>
    <message>
        <source>Point at a token, or go through them with the arrow keys, for its id and text.</source>
        <translation>토큰을 가리키거나 화살표 키로 옮겨 다니면 id와 텍스트가 보입니다.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Rows to look at</source>
        <translation>살펴볼 행</translation>
    </message>
    <message>
        <source>the first 50 of a kind</source>
        <translation>종류마다 처음 50개</translation>
    </message>
    <message>
        <source>Back to the settings</source>
        <translation>설정으로 돌아가기</translation>
    </message>
    <message>
        <source>Shows the form again (Esc)</source>
        <translation>설정 양식을 다시 보여 줍니다 (Esc)</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Row of a batch</source>
        <translation>배치의 행</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>The one before (Page Up)</source>
        <translation>하나 앞으로 (Page Up)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>The one after (Page Down)</source>
        <translation>하나 뒤로 (Page Down)</translation>
    </message>
    <message>
        <source>Number to go to</source>
        <translation>이동할 번호</translation>
    </message>
    <message>
        <source>A number, then Return, goes there</source>
        <translation>번호를 쓰고 Return을 누르면 그곳으로 이동합니다</translation>
    </message>
    <message>
        <source>Template text</source>
        <translation>템플릿 텍스트</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>가림</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>채움</translation>
    </message>
    <message>
        <source>document begins</source>
        <translation>문서 시작</translation>
    </message>
</context>
<context>
    <name>lathe::KeyBindings</name>
    <message>
        <source>%1 is needed in text fields and lists. Take other keys with Ctrl or Alt, or an F key.</source>
        <translation>%1 키는 입력란과 목록에서 쓰입니다. Ctrl이나 Alt를 쓰는 다른 키 또는 F 키를 고르세요.</translation>
    </message>
    <message>
        <source>“%1” has %2. Give that action other keys first.</source>
        <translation>“%1”에서 %2 키를 쓰고 있습니다. 먼저 그 명령에 다른 키를 지정하세요.</translation>
    </message>
</context>
<context>
    <name>lathe::KeyList</name>
    <message>
        <source>New keys of “%1”</source>
        <translation>“%1”의 새 단축키</translation>
    </message>
    <message>
        <source>A click or Enter on a row, the new keys, Enter; Esc leaves the old ones, Backspace takes them away. The keys of a page are heard while it is in view.</source>
        <translation>행을 누르거나 Enter를 친 뒤 새 키를 누르고 Enter를 치세요. Esc를 누르면 원래 키가 그대로 남고, Backspace를 누르면 키가 없어집니다. 페이지의 단축키는 그 페이지가 보일 때 작동합니다.</translation>
    </message>
    <message>
        <source>Has no keys by default</source>
        <translation>기본 단축키 없음</translation>
    </message>
    <message>
        <source>Standard: %1</source>
        <translation>기본값: %1</translation>
    </message>
    <message>
        <source>Search every action, or keys</source>
        <translation>모든 명령이나 키 검색</translation>
    </message>
    <message>
        <source>Search the keys</source>
        <translation>단축키 검색</translation>
    </message>
    <message>
        <source>Shows the actions with these words or keys, also those that have no keys yet</source>
        <translation>이 단어나 키가 있는 명령을 보여 줍니다. 아직 단축키가 없는 명령도 찾습니다</translation>
    </message>
    <message>
        <source>Keys of the actions</source>
        <translation>명령의 단축키</translation>
    </message>
    <message>
        <source>No action has these words.</source>
        <translation>이 단어가 있는 명령이 없습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::LengthHistogram</name>
    <message>
        <source>%1 to %2 characters: %3 documents</source>
        <translation>%1~%2자: 문서 %3개</translation>
    </message>
    <message>
        <source>Lengths of the documents</source>
        <translation>문서 길이</translation>
    </message>
</context>
<context>
    <name>lathe::LibraryList</name>
    <message>
        <source>Looking through the disk…</source>
        <translation>디스크를 살펴보는 중…</translation>
    </message>
    <message>
        <source>No model yet.</source>
        <translation>아직 모델이 없습니다.</translation>
    </message>
    <message>
        <source>No model has these words.</source>
        <translation>이 단어가 있는 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter the models</source>
        <translation>모델 필터</translation>
    </message>
    <message>
        <source>Shows the models with these words in name, path, architecture, numbers or licence</source>
        <translation>이름, 경로, 아키텍처, 수 형식, 라이선스에 이 단어가 있는 모델만 표시합니다</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Enter opens the chat with the chosen one</source>
        <translation>Enter: 선택한 모델과 대화</translation>
    </message>
</context>
<context>
    <name>lathe::LibraryPanel</name>
    <message>
        <source>Open a model folder</source>
        <translation>모델 폴더 열기</translation>
    </message>
    <message>
        <source>Open a GGUF file</source>
        <translation>GGUF 파일 열기</translation>
    </message>
    <message>
        <source>The models on this disk.</source>
        <translation>이 디스크에 있는 모델입니다.</translation>
    </message>
    <message>
        <source>Models on this disk: %1, %2 in all. Each is read where it lies.</source>
        <translation>이 디스크의 모델: %1개, 모두 %2. 있는 자리에서 읽습니다.</translation>
    </message>
    <message>
        <source>A run is training</source>
        <translation>실행이 학습 중입니다</translation>
    </message>
    <message>
        <source>Downloading, %1 %</source>
        <translation>내려받는 중, %1 %</translation>
    </message>
    <message>
        <source>Fetch a model</source>
        <translation>모델 내려받기</translation>
    </message>
    <message>
        <source>By the name of its repository, or its address</source>
        <translation>저장소 이름이나 주소로 내려받습니다</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Open a file or folder…</source>
        <translation>파일이나 폴더 열기…</translation>
    </message>
    <message>
        <source>A model that lies elsewhere; it stays there</source>
        <translation>다른 곳에 있는 모델을 엽니다. 옮기지 않습니다</translation>
    </message>
    <message>
        <source>Here will be every model and adapter of the workspace, and what lies in the caches of Hugging Face, llama.cpp, LM Studio and Ollama. They are read where they lie; nothing is copied.</source>
        <translation>작업 공간의 모든 모델과 어댑터, 그리고 Hugging Face, llama.cpp, LM Studio, Ollama의 캐시에 있는 모델이 여기에 표시됩니다. 있는 자리에서 읽으며, 복사하지 않습니다.</translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation>모델 폴더 열기…</translation>
    </message>
    <message>
        <source>Open a GGUF file…</source>
        <translation>GGUF 파일 열기…</translation>
    </message>
    <message>
        <source>Chat with the chosen model</source>
        <translation>선택한 모델과 대화</translation>
    </message>
    <message>
        <source>Look through the disk again</source>
        <translation>디스크 다시 살펴보기</translation>
    </message>
</context>
<context>
    <name>lathe::LossCard</name>
    <message>
        <source>train %1</source>
        <translation>학습 %1</translation>
    </message>
    <message>
        <source>this step %1</source>
        <translation>이 스텝 %1</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Loss of each step; Ctrl and an arrow go to its marks</source>
        <translation>스텝마다의 손실. Ctrl과 화살표로 표시를 오갑니다</translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation>이 모델과 대화</translation>
    </message>
    <message>
        <source>Opens the chat with the weights of this checkpoint</source>
        <translation>이 체크포인트의 가중치와 대화를 시작합니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Writes this checkpoint in a format that other programs read</source>
        <translation>이 체크포인트를 다른 프로그램에서 읽을 수 있는 형식으로 저장합니다</translation>
    </message>
    <message>
        <source>Show the sample</source>
        <translation>샘플 보기</translation>
    </message>
    <message>
        <source>All of this text, with the probabilities of its tokens</source>
        <translation>이 글 전체를 토큰별 확률과 함께 보여 줍니다</translation>
    </message>
    <message>
        <source>Show in the events</source>
        <translation>이벤트에서 보기</translation>
    </message>
    <message>
        <source>Goes to this line of the list of events</source>
        <translation>이벤트 목록의 이 줄로 갑니다</translation>
    </message>
    <message>
        <source>Save all curves as PNG…</source>
        <translation>모든 곡선을 PNG로 저장…</translation>
    </message>
    <message>
        <source>Save every step as CSV…</source>
        <translation>모든 스텝을 CSV로 저장…</translation>
    </message>
</context>
<context>
    <name>lathe::MainWindow</name>
    <message>
        <source>Go to %1</source>
        <translation>%1 페이지로 이동</translation>
    </message>
    <message>
        <source>Search every action</source>
        <translation>모든 명령 검색</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>시스템 테마</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>어두운 테마</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>밝은 테마</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Explain this page</source>
        <translation>이 페이지 설명</translation>
    </message>
    <message>
        <source>Use the whole machine again</source>
        <translation>다시 컴퓨터 전체 쓰기</translation>
    </message>
    <message>
        <source>Leave room for me</source>
        <translation>내 작업 여유 남기기</translation>
    </message>
    <message>
        <source>Training on half of the cores, behind other programs</source>
        <translation>코어 절반으로, 다른 프로그램 다음 순서로 학습합니다</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>글자 크게</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>글자 작게</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>둘러보기</translation>
    </message>
</context>
<context>
    <name>lathe::MarkPanel</name>
    <message>
        <source>The mark to the left</source>
        <translation>왼쪽 표시</translation>
    </message>
    <message>
        <source>The mark to the right</source>
        <translation>오른쪽 표시</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>lathe::MemoryCard</name>
    <message>
        <source>GB · peak at step %1</source>
        <translation>GB · 스텝 %1에서 최대</translation>
    </message>
    <message>
        <source>Memory by kind</source>
        <translation>종류별 메모리</translation>
    </message>
    <message>
        <source>Memory by kind at each step</source>
        <translation>스텝별, 종류별 메모리</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 / 예상 %3</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
</context>
<context>
    <name>lathe::ModelBuilder</name>
    <message>
        <source>The model</source>
        <translation>모델 구조</translation>
    </message>
</context>
<context>
    <name>lathe::ModelCard</name>
    <message>
        <source>Architecture</source>
        <translation>아키텍처</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>구조</translation>
    </message>
    <message>
        <source>For the model</source>
        <translation>바탕 모델</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1, 대상: %2</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>표시 없음</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Opens a conversation with it (Enter in the list)</source>
        <translation>이 모델과 대화를 시작합니다(목록에서 Enter)</translation>
    </message>
    <message>
        <source>Train on it</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Makes it the base of a new run</source>
        <translation>이 모델을 새 실행의 바탕으로 삼습니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Writes it in another format</source>
        <translation>다른 형식으로 저장합니다</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Its base is not on this disk: %1</source>
        <translation>바탕 모델이 이 디스크에 없습니다: %1</translation>
    </message>
    <message>
        <source>Fetch its base</source>
        <translation>바탕 모델 내려받기</translation>
    </message>
    <message>
        <source>Shows first what %1 would be: licence and size</source>
        <translation>먼저 %1의 라이선스와 크기를 보여 줍니다</translation>
    </message>
</context>
<context>
    <name>lathe::ModelContents</name>
    <message>
        <source>Inside</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Inside · %1 tensors</source>
        <translation>내용 · 텐서 %1개</translation>
    </message>
    <message>
        <source>Its tensors could not be read.</source>
        <translation>텐서를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>It has no configuration.</source>
        <translation>설정이 없습니다.</translation>
    </message>
    <message>
        <source>It has no chat template.</source>
        <translation>대화 템플릿이 없습니다.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>템플릿</translation>
    </message>
    <message>
        <source>Copy this text</source>
        <translation>이 텍스트 복사</translation>
    </message>
    <message>
        <source>Text of the model&apos;s file</source>
        <translation>모델 파일의 텍스트</translation>
    </message>
</context>
<context>
    <name>lathe::ModelCosts</name>
    <message>
        <source>Embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>피드포워드</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>정규화</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>출력층</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>어댑터</translation>
    </message>
    <message>
        <source>✕ training does not fit</source>
        <translation>✕ 학습하기에 메모리 부족</translation>
    </message>
    <message>
        <source>! training is tight</source>
        <translation>! 학습하기에 빠듯함</translation>
    </message>
    <message>
        <source>✓ training fits</source>
        <translation>✓ 학습 가능</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1, so GQA saves %2</source>
        <translation>%1, GQA로 %2 절약</translation>
    </message>
    <message>
        <source>%1 FLOP</source>
        <translation>%1 FLOP</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
    <message>
        <source>Keys and values a token</source>
        <translation>토큰당 키와 값</translation>
    </message>
    <message>
        <source>With a head each</source>
        <translation>멀티헤드라면</translation>
    </message>
    <message>
        <source>Work a trained token</source>
        <translation>학습 토큰당 연산</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>예상 속도</translation>
    </message>
    <message>
        <source>Time here</source>
        <translation>예상 시간</translation>
    </message>
    <message>
        <source>What it costs</source>
        <translation>비용</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>구성</translation>
    </message>
    <message>
        <source>In training, at the peak</source>
        <translation>학습할 때 최대</translation>
    </message>
    <message>
        <source>In a chat with a full context</source>
        <translation>문맥이 가득 찬 대화에서</translation>
    </message>
</context>
<context>
    <name>lathe::ModelDiagram</name>
    <message>
        <source>%1 heads of %2</source>
        <translation>크기 %2인 헤드 %1개</translation>
    </message>
    <message>
        <source>%1 query heads over %2 of key and value, each %3 wide</source>
        <translation>쿼리 헤드 %1개가 키·값 헤드 %2개를 함께 사용, 크기 %3</translation>
    </message>
    <message>
        <source>RMSNorm of q and k · %1</source>
        <translation>q와 k의 RMSNorm · %1</translation>
    </message>
    <message>
        <source>flash attention</source>
        <translation>플래시 어텐션</translation>
    </message>
    <message>
        <source>plain attention</source>
        <translation>기본 어텐션</translation>
    </message>
    <message>
        <source>token ids · up to T = %1</source>
        <translation>토큰 ID · T 최대 %1</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>%1 × block</source>
        <translation>블록 × %1</translation>
    </message>
    <message>
        <source>head</source>
        <translation>출력층</translation>
    </message>
    <message>
        <source>the embedding again</source>
        <translation>임베딩과 공유</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>로짓</translation>
    </message>
    <message>
        <source>The model as configured</source>
        <translation>설정한 모델의 구조</translation>
    </message>
    <message>
        <source>Its shape is not known yet.</source>
        <translation>아직 구조를 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Embedding of width %1</source>
        <translation>너비 %1인 임베딩</translation>
    </message>
    <message>
        <source>%1 blocks</source>
        <translation>블록 %1개</translation>
    </message>
    <message>
        <source>in each RMSNorm, %1 with %2 and %3, a residual, RMSNorm, SwiGLU of width %4, a residual</source>
        <translation>블록마다 RMSNorm, %1(%2, %3), 잔차 연결, RMSNorm, 너비 %4인 SwiGLU, 잔차 연결</translation>
    </message>
    <message>
        <source>RMSNorm</source>
        <translation>RMSNorm</translation>
    </message>
    <message>
        <source>the embedding again as head</source>
        <translation>임베딩을 공유하는 출력층</translation>
    </message>
    <message>
        <source>a head of its own</source>
        <translation>별도의 출력층</translation>
    </message>
    <message>
        <source>LoRA of rank %1 on %2</source>
        <translation>%2에 랭크 %1의 LoRA</translation>
    </message>
</context>
<context>
    <name>lathe::ModelPage</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Train it</source>
        <translation>학습하기</translation>
    </message>
    <message>
        <source>Goes to the Train page with this model</source>
        <translation>이 모델을 가지고 학습 페이지로 이동</translation>
    </message>
    <message>
        <source>Each figure is the engine&apos;s, for this machine; nothing is written.</source>
        <translation>모든 수치는 이 컴퓨터에 대해 엔진이 계산한 값이며, 아무것도 저장하지 않습니다.</translation>
    </message>
    <message>
        <source>Take the shape of a model</source>
        <translation>모델 구조 가져오기</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>What is on this disk, or a model from its parts</source>
        <translation>이 디스크에 있는 모델, 또는 부품부터 만드는 모델</translation>
    </message>
    <message>
        <source>Import a shape…</source>
        <translation>구조 가져오기…</translation>
    </message>
    <message>
        <source>From a config.json or a GGUF file; dropping one here does the same</source>
        <translation>config.json이나 GGUF 파일에서. 여기에 끌어다 놓아도 됩니다</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>프리셋으로 저장</translation>
    </message>
    <message>
        <source>Keeps these settings under a name</source>
        <translation>이 설정을 이름을 붙여 보관합니다</translation>
    </message>
    <message>
        <source>Open a model of this disk</source>
        <translation>이 디스크의 모델 열기</translation>
    </message>
    <message>
        <source>Build a model</source>
        <translation>모델 만들기</translation>
    </message>
    <message>
        <source>Import the shape of a model…</source>
        <translation>모델 구조 가져오기…</translation>
    </message>
    <message>
        <source>Save the model as a preset</source>
        <translation>모델을 프리셋으로 저장</translation>
    </message>
    <message>
        <source>Train the model that is built</source>
        <translation>만든 모델 학습하기</translation>
    </message>
    <message>
        <source>Undo the last change of the model</source>
        <translation>모델의 마지막 변경 취소</translation>
    </message>
    <message>
        <source>Redo the change of the model</source>
        <translation>모델 변경 다시 하기</translation>
    </message>
    <message>
        <source>Find a setting of the model</source>
        <translation>모델 설정 찾기</translation>
    </message>
</context>
<context>
    <name>lathe::OverlayCard</name>
    <message>
        <source>No baseline</source>
        <translation>기준 없음</translation>
    </message>
    <message>
        <source>Baseline: %1</source>
        <translation>기준: %1</translation>
    </message>
    <message>
        <source>smoothing %1</source>
        <translation>평활화 %1</translation>
    </message>
    <message>
        <source>Reading the runs…</source>
        <translation>실행을 읽는 중…</translation>
    </message>
    <message>
        <source>Tick runs in the table (Space) to draw their curves over each other.</source>
        <translation>표에서 실행을 체크하면(스페이스) 곡선을 겹쳐 그립니다.</translation>
    </message>
    <message>
        <source>Loss of the ticked runs</source>
        <translation>체크한 실행의 손실</translation>
    </message>
    <message>
        <source>Losses of the ticked runs</source>
        <translation>체크한 실행들의 손실</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>참조선</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>The baseline as a dashed line, or each loss less the baseline&apos;s: below zero is better</source>
        <translation>기준을 파선으로 그리거나, 각 손실에서 기준의 손실을 뺍니다. 0보다 낮으면 더 좋습니다</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>How much of the line is its past: 0 draws each step, 0.99 the trend alone. Costs nothing.</source>
        <translation>곡선에 이전 값을 반영하는 비율입니다. 0이면 각 스텝을 그대로, 0.99면 추세만 그립니다. 학습에는 영향이 없습니다.</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>The run that the others are held against</source>
        <translation>다른 실행을 견줄 실행</translation>
    </message>
    <message>
        <source>What the runs are drawn against: runs with other batches compare by tokens, on other machines by time, with other data by passes over it. Costs nothing.</source>
        <translation>가로축에 놓을 것. 배치가 다른 실행은 토큰으로, 다른 컴퓨터의 실행은 시간으로, 데이터가 다른 실행은 데이터 반복 횟수로 견줍니다. 비용은 없습니다.</translation>
    </message>
    <message>
        <source>and %1 more: %2 are drawn</source>
        <translation>외 %1개: %2개까지 그립니다</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>What the runs are drawn against</source>
        <translation>실행들의 가로축</translation>
    </message>
    <message>
        <source>Not every ticked run has this in its record, so that they are drawn by steps. An older run that was set by steps does not say how many of them are a pass over its data.</source>
        <translation>체크한 실행 가운데 기록에 이 값이 없는 것이 있어 스텝으로 그립니다. 스텝 수로 정한 예전 실행은 데이터 한 번 반복이 몇 스텝인지 알려 주지 않습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::Passage</name>
    <message>
        <source>The context is full: the oldest turns were left out (%1).</source>
        <translation>컨텍스트가 가득 차서 가장 오래된 메시지를 제외했습니다(%1개).</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>답변 없음</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>answering…</source>
        <translation>답변 중…</translation>
    </message>
    <message>
        <source>loading the model, %1 %</source>
        <translation>모델 불러오는 중, %1 %</translation>
    </message>
    <message>
        <source>waiting for the engine…</source>
        <translation>엔진 대기 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>토큰 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>weights of step %1</source>
        <translation>스텝 %1의 가중치</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어쓰기</translation>
    </message>
    <message>
        <source>Let the model go on where the answer ended</source>
        <translation>답변이 끝난 곳부터 모델이 이어서 씁니다</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답변하기</translation>
    </message>
    <message>
        <source>Let the model go on from this text</source>
        <translation>이 텍스트부터 모델이 이어서 씁니다</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>답변을 복사합니다</translation>
    </message>
    <message>
        <source>Your text and the model&apos;s</source>
        <translation>내 텍스트와 모델의 텍스트</translation>
    </message>
    <message>
        <source>Answer again, with another seed; this answer can be brought back</source>
        <translation>다른 시드로 다시 답변합니다. 이 답변은 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Bring back the answer that this one took the place of</source>
        <translation>이 답변으로 바뀌기 전의 답변을 되돌립니다</translation>
    </message>
</context>
<context>
    <name>lathe::PassageText</name>
    <message>
        <source>%1 are not shown here; the model reads them</source>
        <translation>여기에 표시하지 않은 %1도 모델은 읽습니다</translation>
    </message>
</context>
<context>
    <name>lathe::PlanCard</name>
    <message>
        <source>of memory at the peak</source>
        <translation>최대 메모리</translation>
    </message>
    <message>
        <source>of %1 at the peak</source>
        <translation>최대 메모리 · 전체 %1</translation>
    </message>
    <message>
        <source>✓ fits</source>
        <translation>✓ 충분</translation>
    </message>
    <message>
        <source>! tight</source>
        <translation>! 빠듯함</translation>
    </message>
    <message>
        <source>✕ does not fit</source>
        <translation>✕ 부족</translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation>데이터 %1회</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
    <message>
        <source>It would fit, at %1, with %2.</source>
        <translation>다음 설정이면 메모리에 들어갑니다(최대 %1): %2.</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>이 설정 적용</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>예상 속도</translation>
    </message>
    <message>
        <source>Time here</source>
        <translation>예상 시간</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>체크포인트 용량</translation>
    </message>
    <message>
        <source>Free disk</source>
        <translation>디스크 여유 공간</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>해당 항목 보기</translation>
    </message>
    <message>
        <source>%1 × %2 tokens</source>
        <translation>%1 × %2토큰</translation>
    </message>
    <message>
        <source>Goes to what has to change</source>
        <translation>바꿔야 하는 곳으로 이동합니다</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>학습되는 값</translation>
    </message>
    <message>
        <source>%1 blocks</source>
        <translation>블록 %1개</translation>
    </message>
    <message>
        <source>Recomputed</source>
        <translation>재계산</translation>
    </message>
    <message>
        <source>Changes the settings named above; undo takes it back</source>
        <translation>위에 적힌 설정을 바꿉니다. 실행 취소로 되돌릴 수 있습니다</translation>
    </message>
</context>
<context>
    <name>lathe::PlotCard</name>
    <message>
        <source>%1. Drag over a part to see it alone, with Shift to move; Ctrl and the wheel zoom; double-click shows all. Keys: + − 0, arrows.</source>
        <translation>%1. 끌어서 고른 부분만 보고, Shift를 누른 채 끌면 옮기고, Ctrl과 휠로 확대하며, 두 번 누르면 전체를 봅니다. 키: + − 0, 화살표.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>lathe::PlotMenu</name>
    <message>
        <source>Save the plot as a picture</source>
        <translation>그래프를 그림으로 저장</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>Save the plot as a drawing</source>
        <translation>그래프를 벡터 그림으로 저장</translation>
    </message>
    <message>
        <source>Drawings (*.svg)</source>
        <translation>벡터 그림 (*.svg)</translation>
    </message>
    <message>
        <source>Save the plot as a table</source>
        <translation>그래프를 표로 저장</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>View and files of this plot</source>
        <translation>이 그래프의 보기와 파일</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>로그 축</translation>
    </message>
    <message>
        <source>Equal factors are equally far apart; what is not above zero is not seen. Costs nothing.</source>
        <translation>같은 배수는 같은 간격으로 그립니다. 0 이하의 값은 보이지 않습니다. 비용은 없습니다.</translation>
    </message>
    <message>
        <source>Leave out outliers</source>
        <translation>튀는 값 빼고 보기</translation>
    </message>
    <message>
        <source>The axis shows the values between the 0.5th and the 99.5th percentile. Costs nothing.</source>
        <translation>축을 0.5~99.5 백분위수의 값에 맞춥니다. 비용은 없습니다.</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>PNG로 저장…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>SVG로 저장…</translation>
    </message>
    <message>
        <source>Save what is seen as CSV…</source>
        <translation>보이는 부분을 CSV로 저장…</translation>
    </message>
</context>
<context>
    <name>lathe::PreparingCard</name>
    <message>
        <source>Preparing the run</source>
        <translation>실행 준비 중</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
</context>
<context>
    <name>lathe::PresetBar</name>
    <message>
        <source>%1 · broken</source>
        <translation>%1 · 손상됨</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Settings to begin with: those that come with Lathe, and your own</source>
        <translation>시작점으로 쓸 설정: Lathe의 프리셋과 직접 저장한 프리셋</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>changed · take back</source>
        <translation>변경됨 · 되돌리기</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>Shows the settings whose name or description has these words</source>
        <translation>이름이나 설명에 이 단어가 있는 설정만 표시합니다</translation>
    </message>
    <message>
        <source>Puts the settings of the preset in again; undo takes it back</source>
        <translation>프리셋의 설정으로 되돌립니다. 실행 취소로 취소할 수 있습니다</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>마지막 변경 실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
</context>
<context>
    <name>lathe::PresetName</name>
    <message>
        <source>This cannot be the name of a file.</source>
        <translation>파일 이름으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Takes the place of your preset of this name; it can be put back.</source>
        <translation>같은 이름의 프리셋을 대신합니다. 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>프리셋 이름</translation>
    </message>
    <message>
        <source>It is kept in the workspace, and offered wherever presets are</source>
        <translation>작업 공간에 보관되며, 프리셋을 고르는 모든 곳에 나옵니다</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Keeps the settings under this name</source>
        <translation>설정을 이 이름으로 보관합니다</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>Saves nothing</source>
        <translation>저장하지 않습니다</translation>
    </message>
    <message>
        <source>Saved as the preset “%1”.</source>
        <translation>프리셋 “%1”(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>Put the old one back</source>
        <translation>이전 것으로 되돌리기</translation>
    </message>
</context>
<context>
    <name>lathe::PromptBox</name>
    <message>
        <source>%1 of your text come before this. They are sent with it.</source>
        <translation>이 앞에 표시되지 않은 텍스트가 있습니다(%1). 함께 보냅니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Takes away the part that is not shown</source>
        <translation>표시되지 않은 부분을 지웁니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>The answer ends with the token that is being computed</source>
        <translation>지금 계산 중인 토큰까지만 쓰고 답변이 끝납니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어쓰기</translation>
    </message>
    <message>
        <source>Let the model go on from the text as it stands (Enter)</source>
        <translation>현재 텍스트 그대로 모델이 이어서 씁니다(Enter)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Let the model go on from your text (Enter)</source>
        <translation>입력한 텍스트부터 모델이 이어서 씁니다(Enter)</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation>Enter: 보내기, Shift+Enter: 줄 바꿈</translation>
    </message>
    <message>
        <source>Write what comes next, or send nothing and the model goes on</source>
        <translation>이어질 내용을 쓰거나, 빈 채로 보내면 모델이 이어서 씁니다</translation>
    </message>
    <message>
        <source>Write the beginning of a text</source>
        <translation>텍스트의 첫 부분을 쓰세요</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>내 텍스트</translation>
    </message>
    <message>
        <source>The model goes on from it. Enter sends it, Shift+Enter starts a new line.</source>
        <translation>모델이 이 텍스트를 이어서 씁니다. Enter로 보내고 Shift+Enter로 줄을 바꿉니다.</translation>
    </message>
    <message>
        <source>Stop the answer; what is there stays</source>
        <translation>답변을 중지합니다. 이미 쓴 부분은 남습니다</translation>
    </message>
</context>
<context>
    <name>lathe::QueuePanel</name>
    <message>
        <source>%1, failed: %2</source>
        <translation>%1, 실패: %2</translation>
    </message>
    <message>
        <source>Runs that are added here start one after the other, each when the one before has ended.</source>
        <translation>여기에 넣은 실행은 앞의 실행이 끝나는 대로 하나씩 시작합니다.</translation>
    </message>
    <message>
        <source>The queue holds: the next run waits until you continue.</source>
        <translation>대기열이 멈춰 있습니다. 계속할 때까지 다음 실행이 기다립니다.</translation>
    </message>
    <message>
        <source>Nothing trains. Start the queue when you are ready.</source>
        <translation>지금 학습 중인 실행이 없습니다. 준비되면 대기열을 시작하세요.</translation>
    </message>
    <message>
        <source>The next one starts when the run that trains has ended.</source>
        <translation>학습 중인 실행이 끝나면 다음 실행이 시작합니다.</translation>
    </message>
    <message>
        <source>What is left here has failed; start it once more, or remove it.</source>
        <translation>남은 것은 실패한 실행입니다. 다시 시작하거나 빼세요.</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>대기열 시작</translation>
    </message>
    <message>
        <source>Starts the first run; the others follow by themselves</source>
        <translation>첫 실행을 시작합니다. 나머지는 저절로 이어집니다</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>The next run starts when the one that trains has ended</source>
        <translation>학습 중인 실행이 끝나면 다음 실행이 시작합니다</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>멈춰 두기</translation>
    </message>
    <message>
        <source>Nothing starts by itself until you continue; the run that trains goes on</source>
        <translation>계속할 때까지 저절로 시작하지 않습니다. 학습 중인 실행은 그대로 갑니다</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1개 대기</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Runs that wait</source>
        <translation>기다리는 실행</translation>
    </message>
    <message>
        <source>Drag, or Alt+Up and Alt+Down, to change the order; Delete removes, Enter starts at once</source>
        <translation>끌거나 Alt+위, Alt+아래로 순서를 바꿉니다. Delete는 빼고 Enter는 바로 시작합니다</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>지금 시작</translation>
    </message>
    <message>
        <source>Before the others: at once, or as the next one where a run trains</source>
        <translation>다른 것보다 먼저 시작합니다. 학습 중이면 바로 다음 차례가 됩니다</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Takes it out of the queue (Delete)</source>
        <translation>대기열에서 뺍니다 (Delete)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Takes back the last change of the queue</source>
        <translation>대기열에서 마지막으로 바꾼 것을 되돌립니다</translation>
    </message>
</context>
<context>
    <name>lathe::RecipeForm</name>
    <message>
        <source>holds back %1</source>
        <translation>검증용 %1개</translation>
    </message>
</context>
<context>
    <name>lathe::RunControls</name>
    <message>
        <source>Controls</source>
        <translation>조정</translation>
    </message>
    <message>
        <source>Evaluate now</source>
        <translation>지금 평가</translation>
    </message>
    <message>
        <source>Measures the validation loss after this step; takes as long as one of the run&apos;s validations</source>
        <translation>이번 스텝 후 검증 손실을 잽니다. 이 실행의 검증 한 번만큼 걸립니다</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>지금 샘플</translation>
    </message>
    <message>
        <source>Lets the model write a text after this step; takes a moment</source>
        <translation>이번 스텝 후 모델이 텍스트를 씁니다. 잠시 걸립니다</translation>
    </message>
    <message>
        <source>Learning rate ×</source>
        <translation>학습률 ×</translation>
    </message>
    <message>
        <source>The schedule&apos;s learning rate times this, from the next step on: 0 to 100. Costs nothing.</source>
        <translation>다음 스텝부터 스케줄의 학습률에 곱하는 값: 0~100. 비용이 들지 않습니다.</translation>
    </message>
    <message>
        <source>Learning rate multiplier</source>
        <translation>학습률 배수</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>클리핑</translation>
    </message>
    <message>
        <source>Gradients longer than this are scaled down; 0: never; empty: as in the settings. Costs nothing.</source>
        <translation>이보다 큰 기울기를 줄입니다. 0이면 안 함, 비우면 설정대로. 비용이 들지 않습니다.</translation>
    </message>
    <message>
        <source>as set</source>
        <translation>설정대로</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Saves and ends the run after this step; empty: at its last</source>
        <translation>이 스텝 후 저장하고 실행을 끝냅니다. 비우면 마지막 스텝까지</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>at validation loss</source>
        <translation>검증 손실</translation>
    </message>
    <message>
        <source>Saves and ends the run when a validation loss is this low; empty: never</source>
        <translation>검증 손실이 이 값까지 내려가면 저장하고 실행을 끝냅니다. 비우면 안 함</translation>
    </message>
    <message>
        <source>after minutes</source>
        <translation>시간(분)</translation>
    </message>
    <message>
        <source>Saves and ends the run when it has trained this long since its beginning, pauses left out; empty: never</source>
        <translation>시작부터 이만큼 학습하면 저장하고 실행을 끝냅니다. 일시 정지한 시간은 빼며, 비우면 안 함</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>인내 횟수</translation>
    </message>
    <message>
        <source>Saves and ends the run after this many validations without a better loss; empty: never</source>
        <translation>검증 손실이 이 횟수만큼 나아지지 않으면 저장하고 실행을 끝냅니다. 비우면 안 함</translation>
    </message>
</context>
<context>
    <name>lathe::RunOutcome</name>
    <message>
        <source>Best or last checkpoint</source>
        <translation>최고 또는 마지막 체크포인트</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>not validated</source>
        <translation>검증 안 함</translation>
    </message>
    <message>
        <source>%1 · step %2 · %3</source>
        <translation>%1 · 스텝 %2 · %3</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>최고</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>Chat and export take these weights; a resume goes on from the last</source>
        <translation>대화와 내보내기가 이 가중치를 씁니다. 재개는 마지막에서 이어집니다</translation>
    </message>
    <message>
        <source>Chat and export take what is chosen here; a resume goes on from the last.</source>
        <translation>대화와 내보내기는 여기서 고른 것을 씁니다. 재개는 마지막에서 이어집니다.</translation>
    </message>
</context>
<context>
    <name>lathe::RunPlotCard</name>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 스텝 %2</translation>
    </message>
</context>
<context>
    <name>lathe::RunRemedy</name>
    <message>
        <source>The loss was not finite</source>
        <translation>손실이 유한한 수가 아니었습니다</translation>
    </message>
    <message>
        <source>A new run with this one change, from the first step on</source>
        <translation>이것 하나만 바꾸어 첫 스텝부터 새로 실행합니다</translation>
    </message>
    <message>
        <source>Start again at half the learning rate</source>
        <translation>학습률을 절반으로 낮춰 다시 시작</translation>
    </message>
    <message>
        <source>Start again with gradients clipped at %1</source>
        <translation>기울기를 %1에서 클리핑하여 다시 시작</translation>
    </message>
    <message>
        <source>Goes on from step %1 with this one change, which can be taken back while it trains</source>
        <translation>이것 하나만 바꾸어 스텝 %1부터 이어 갑니다. 학습하는 동안 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Resume at half the learning rate</source>
        <translation>학습률을 절반으로 낮춰 재개</translation>
    </message>
    <message>
        <source>Resume with gradients clipped at %1</source>
        <translation>기울기를 %1에서 클리핑하여 재개</translation>
    </message>
    <message>
        <source>Step %1 draws its batch and updates nothing; its loss stays a gap in the curve. It helps where the batch is at fault, not where the weights are</source>
        <translation>스텝 %1에서 배치만 읽고 아무것도 갱신하지 않습니다. 그 스텝의 손실은 곡선에 빈 곳으로 남습니다. 배치가 원인일 때 도움이 되며, 가중치가 원인이면 도움이 되지 않습니다</translation>
    </message>
    <message>
        <source>It failed before its first checkpoint. With the same settings it would fail again; smaller steps usually get past it, and so does skipping a batch that is at fault.</source>
        <translation>첫 체크포인트를 저장하기 전에 실패했습니다. 같은 설정으로는 다시 실패합니다. 학습 스텝의 크기를 줄이면 대개 이 지점을 넘어가고, 배치가 원인이라면 그 배치를 건너뛰어도 넘어갑니다.</translation>
    </message>
    <message>
        <source>Start again and skip the batch of step %1</source>
        <translation>스텝 %1의 배치를 건너뛰고 다시 시작</translation>
    </message>
    <message>
        <source>The checkpoint of step %1 is whole. With the same settings the run would fail again; smaller steps usually get past it, and so does skipping a batch that is at fault.</source>
        <translation>스텝 %1의 체크포인트는 온전히 남아 있습니다. 같은 설정으로 재개하면 다시 실패합니다. 학습 스텝의 크기를 줄이면 대개 이 지점을 넘어가고, 배치가 원인이라면 그 배치를 건너뛰어도 넘어갑니다.</translation>
    </message>
    <message>
        <source>Resume and skip the batch of step %1</source>
        <translation>스텝 %1의 배치를 건너뛰고 재개</translation>
    </message>
</context>
<context>
    <name>lathe::RunRow</name>
    <message>
        <source>%1, %2, step %3</source>
        <translation>%1, %2, 스텝 %3</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Go on from the newest checkpoint</source>
        <translation>최신 체크포인트부터 이어서 학습합니다</translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation>이 모델과 대화</translation>
    </message>
    <message>
        <source>Export it</source>
        <translation>이 모델 내보내기</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2스텝</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1스텝</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>손실 %1</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>A new run on the Train page, with the settings of this one</source>
        <translation>이 실행의 설정으로 학습 페이지에서 새 실행을 준비합니다</translation>
    </message>
</context>
<context>
    <name>lathe::RunSide</name>
    <message>
        <source>Step %1, the best</source>
        <translation>스텝 %1, 최선</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>스텝 %1</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Choose a run to see what it is and what can be done with it.</source>
        <translation>실행을 고르면 어떤 실행인지, 무엇을 할 수 있는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Words to find it by, with commas between them</source>
        <translation>나중에 찾을 낱말. 쉼표로 나눕니다</translation>
    </message>
    <message>
        <source>baseline, best</source>
        <translation>기준, 최선</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>What you want to remember of this run; it is saved as you type</source>
        <translation>이 실행에 대해 기억해 둘 것. 쓰는 대로 저장됩니다</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>All of its curves, on the Train page (Enter)</source>
        <translation>학습 페이지에서 모든 곡선을 봅니다 (Enter)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Goes on from the newest checkpoint</source>
        <translation>최신 체크포인트부터 이어서 학습합니다</translation>
    </message>
    <message>
        <source>Copy settings</source>
        <translation>설정 복사</translation>
    </message>
    <message>
        <source>A new run on the Train page, with the settings of this one</source>
        <translation>이 실행의 설정으로 학습 페이지에서 새 실행을 준비합니다</translation>
    </message>
    <message>
        <source>Run again later</source>
        <translation>나중에 다시 실행</translation>
    </message>
    <message>
        <source>Puts a run with the same settings at the end of the queue</source>
        <translation>같은 설정의 실행을 대기열 끝에 넣습니다</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Opens the chat with the weights of this run</source>
        <translation>이 실행의 가중치와 대화를 시작합니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Writes a checkpoint in a format that other programs read</source>
        <translation>체크포인트를 다른 프로그램에서 읽을 수 있는 형식으로 저장합니다</translation>
    </message>
    <message>
        <source>Against base</source>
        <translation>기반과 비교</translation>
    </message>
    <message>
        <source>What a tuned model answers, beside the one that it began from</source>
        <translation>튜닝한 모델의 답을 처음 모델의 답과 나란히 보여 줍니다</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>The run&apos;s files, in the file manager</source>
        <translation>실행의 파일을 파일 관리자에서 엽니다</translation>
    </message>
    <message>
        <source>TensorBoard…</source>
        <translation>TensorBoard…</translation>
    </message>
    <message>
        <source>Writes its curves as TensorBoard&apos;s event files</source>
        <translation>곡선을 TensorBoard 이벤트 파일로 씁니다</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>휴지통으로</translation>
    </message>
    <message>
        <source>It can be taken out again (Delete)</source>
        <translation>다시 꺼낼 수 있습니다 (Delete)</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>디스크 사용량</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Writes another name in its row (F2)</source>
        <translation>표의 줄에서 이름을 새로 씁니다 (F2)</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>%1에서 가져옴</translation>
    </message>
</context>
<context>
    <name>lathe::RunView</name>
    <message>
        <source>Save the curves as a picture</source>
        <translation>곡선을 그림으로 저장</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>Save every step as a table</source>
        <translation>모든 스텝을 표로 저장</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Events, newest first</source>
        <translation>이벤트, 최신순</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Learning rate at each step</source>
        <translation>스텝별 학습률</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Length of the gradient before clipping, at each step</source>
        <translation>스텝별 기울기 노름(클리핑 전)</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>초당 토큰</translation>
    </message>
    <message>
        <source>Speed at each step</source>
        <translation>스텝별 속도</translation>
    </message>
</context>
<context>
    <name>lathe::RunsModel</name>
    <message>
        <source>ticked</source>
        <translation>체크함</translation>
    </message>
    <message>
        <source>not ticked</source>
        <translation>체크 안 함</translation>
    </message>
    <message>
        <source>no curve</source>
        <translation>곡선 없음</translation>
    </message>
    <message>
        <source>curve of the training loss</source>
        <translation>학습 손실 곡선</translation>
    </message>
    <message>
        <source>Draws its curve with those of the other ticked runs (Space)</source>
        <translation>체크한 다른 실행의 곡선과 함께 그립니다 (스페이스)</translation>
    </message>
    <message>
        <source>Ticked</source>
        <translation>체크</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Loss curve</source>
        <translation>손실 곡선</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>최선</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Ticked runs first</source>
        <translation>체크한 실행을 먼저</translation>
    </message>
    <message>
        <source>Training loss over the steps of the run</source>
        <translation>스텝에 따른 학습 손실</translation>
    </message>
    <message>
        <source>Least validation loss</source>
        <translation>가장 낮은 검증 손실</translation>
    </message>
    <message>
        <source>Training loss of the last step</source>
        <translation>마지막 스텝의 학습 손실</translation>
    </message>
    <message>
        <source>Steps that are done, of those planned</source>
        <translation>계획한 스텝 가운데 마친 스텝</translation>
    </message>
    <message>
        <source>Time in training, without pauses</source>
        <translation>학습한 시간, 멈춘 때는 뺍니다</translation>
    </message>
    <message>
        <source>Disk space of its checkpoints</source>
        <translation>체크포인트가 차지하는 디스크 공간</translation>
    </message>
</context>
<context>
    <name>lathe::RunsPage</name>
    <message>
        <source>“%1” is out of the queue.</source>
        <translation>“%1” 실행을 대기열에서 뺐습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>%1에 썼습니다</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>%1 in the trash, %2. They stay until it is emptied.</source>
        <translation>휴지통에 %1개, %2. 비울 때까지 남아 있습니다.</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>휴지통이 비어 있습니다.</translation>
    </message>
    <message>
        <source>What was trained in this workspace.</source>
        <translation>이 작업 공간에서 학습한 것들입니다.</translation>
    </message>
    <message>
        <source>%1 have these words.</source>
        <translation>이 낱말이 있는 것은 %1개입니다.</translation>
    </message>
    <message>
        <source>No run has these words.</source>
        <translation>이 낱말이 있는 실행이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is in the trash.</source>
        <translation>휴지통에 아무것도 없습니다.</translation>
    </message>
    <message>
        <source>Reading the record…</source>
        <translation>기록을 읽는 중…</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>아직 실행이 없습니다.</translation>
    </message>
    <message>
        <source>Stop importing, %1</source>
        <translation>가져오기 중단, %1</translation>
    </message>
    <message>
        <source>Runs that were copied already stay</source>
        <translation>이미 복사한 실행은 남습니다</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Copies the runs of another workspace, or one run&apos;s folder; it can also be dropped here</source>
        <translation>다른 작업 공간의 실행이나 실행 폴더 하나를 복사해 옵니다. 여기에 끌어다 놓아도 됩니다</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Queue (%1)</source>
        <translation>대기열 (%1)</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>실행 찾기</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>What was moved to the trash stays there until it is emptied</source>
        <translation>휴지통으로 옮긴 것은 비울 때까지 거기에 있습니다</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>되살리기</translation>
    </message>
    <message>
        <source>Takes the chosen runs out of the trash</source>
        <translation>고른 실행을 휴지통에서 꺼냅니다</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>휴지통 비우기</translation>
    </message>
    <message>
        <source>Deletes what is in it from the disk, for good</source>
        <translation>안에 든 것을 디스크에서 아주 지웁니다</translation>
    </message>
    <message>
        <source>What is shown of the ticked runs, and the runs that wait</source>
        <translation>체크한 실행에서 무엇을 볼지, 그리고 기다리는 실행</translation>
    </message>
    <message>
        <source>Every run will be here: its curve, its losses, its settings, side by side with the others.</source>
        <translation>모든 실행이 여기에 모입니다. 곡선과 손실과 설정을 나란히 놓고 견줄 수 있습니다.</translation>
    </message>
    <message>
        <source>Train a first run</source>
        <translation>첫 실행 학습하기</translation>
    </message>
    <message>
        <source>Import runs of another workspace…</source>
        <translation>다른 작업 공간의 실행 가져오기…</translation>
    </message>
    <message>
        <source>Write a note to the chosen run</source>
        <translation>고른 실행에 메모 쓰기</translation>
    </message>
    <message>
        <source>Write TensorBoard files of the chosen run…</source>
        <translation>고른 실행의 TensorBoard 파일 쓰기…</translation>
    </message>
    <message>
        <source>Show the trash of runs</source>
        <translation>실행 휴지통 보기</translation>
    </message>
    <message>
        <source>Take the last runs out of the trash</source>
        <translation>마지막으로 버린 실행 되살리기</translation>
    </message>
    <message>
        <source>No file manager opened it: %1</source>
        <translation>이 폴더를 연 파일 관리자가 없습니다: %1</translation>
    </message>
    <message>
        <source>Where to write the event files</source>
        <translation>이벤트 파일을 쓸 곳</translation>
    </message>
    <message>
        <source>A run that trains stays where it is.</source>
        <translation>학습 중인 실행은 옮기지 않습니다.</translation>
    </message>
    <message>
        <source>“%1” is in the trash.</source>
        <translation>“%1” 실행을 휴지통으로 옮겼습니다.</translation>
    </message>
    <message>
        <source>%1 runs are in the trash.</source>
        <translation>실행 %1개를 휴지통으로 옮겼습니다.</translation>
    </message>
    <message>
        <source>A workspace, or the folder of a run</source>
        <translation>작업 공간 또는 실행 폴더</translation>
    </message>
    <message>
        <source>%1 runs were imported.</source>
        <translation>실행 %1개를 가져왔습니다.</translation>
    </message>
    <message>
        <source>%1 parts could not be read and were left out; the first: %2</source>
        <translation>읽지 못해 빼놓은 것이 %1개 있습니다. 첫째: %2</translation>
    </message>
    <message>
        <source>Runs: %1, %2 on disk.</source>
        <translation>실행 %1개, 디스크에 %2.</translation>
    </message>
    <message>
        <source>Show the chosen run</source>
        <translation>고른 실행 보기</translation>
    </message>
    <message>
        <source>Rename the chosen run</source>
        <translation>고른 실행의 이름 바꾸기</translation>
    </message>
    <message>
        <source>Resume the chosen run</source>
        <translation>고른 실행 이어서 학습</translation>
    </message>
    <message>
        <source>Chat with the chosen run</source>
        <translation>고른 실행과 대화</translation>
    </message>
    <message>
        <source>Export the chosen run…</source>
        <translation>고른 실행 내보내기…</translation>
    </message>
    <message>
        <source>Compare the chosen run with its base</source>
        <translation>고른 실행을 기반과 비교</translation>
    </message>
    <message>
        <source>Copy the settings of the chosen run</source>
        <translation>고른 실행의 설정 복사</translation>
    </message>
    <message>
        <source>Run the chosen run again later</source>
        <translation>고른 실행을 나중에 다시 실행</translation>
    </message>
    <message>
        <source>Open the folder of the chosen run</source>
        <translation>고른 실행의 폴더 열기</translation>
    </message>
    <message>
        <source>Move the chosen runs to the trash</source>
        <translation>고른 실행을 휴지통으로 옮기기</translation>
    </message>
    <message>
        <source>Take the chosen runs out of the trash</source>
        <translation>고른 실행을 휴지통에서 꺼내기</translation>
    </message>
    <message>
        <source>Empty the trash of runs</source>
        <translation>실행 휴지통 비우기</translation>
    </message>
    <message>
        <source>Show the curves of the ticked runs</source>
        <translation>체크한 실행의 곡선 보기</translation>
    </message>
    <message>
        <source>Show where the settings of the ticked runs differ</source>
        <translation>체크한 실행의 서로 다른 설정 보기</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>대기열 보기</translation>
    </message>
    <message>
        <source>Stop importing runs</source>
        <translation>실행 가져오기 중단</translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <translation>대기열: %1</translation>
    </message>
    <message>
        <source>Shows the runs with all of these words in name, tags, note, id or state</source>
        <translation>이름, 태그, 메모, id, 상태에 이 낱말이 모두 있는 실행을 보여 줍니다</translation>
    </message>
    <message>
        <source>Tick what is shown</source>
        <translation>보이는 실행 체크</translation>
    </message>
    <message>
        <source>Ticks the rows of the table from its top on, at most %1, and none but them: the runs of a sweep, once they are sought by name</source>
        <translation>표에 보이는 실행만 위에서부터 %1개까지 체크합니다. 이름으로 찾은 스윕의 실행을 한 번에 견줄 수 있습니다</translation>
    </message>
    <message>
        <source>Tick the runs that are shown</source>
        <translation>보이는 실행 체크하기</translation>
    </message>
    <message>
        <source>Export the best of the ticked runs…</source>
        <translation>체크한 실행 가운데 가장 좋은 것 내보내기…</translation>
    </message>
    <message>
        <source>Ticked: %1 of the %2 that are shown.</source>
        <translation>보이는 실행 %2개 가운데 %1개를 체크했습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::RunsView</name>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Space ticks, F2 renames, Delete moves to the trash, Enter opens</source>
        <translation>스페이스는 체크, F2는 이름 바꾸기, Delete는 휴지통으로, Enter는 열기</translation>
    </message>
</context>
<context>
    <name>lathe::SampleCard</name>
    <message>
        <source>Latest sample · step %1</source>
        <translation>최신 샘플 · 스텝 %1</translation>
    </message>
    <message>
        <source>Latest sample</source>
        <translation>최신 샘플</translation>
    </message>
    <message>
        <source>chat with these weights</source>
        <translation>이 가중치와 대화</translation>
    </message>
    <message>
        <source>Opens the chat with the newest weights of this run</source>
        <translation>이 실행의 최신 가중치와 대화를 시작합니다</translation>
    </message>
    <message>
        <source>This run writes no samples: sample_steps is 0.</source>
        <translation>sample_steps가 0이므로 이 실행은 샘플을 만들지 않습니다.</translation>
    </message>
    <message>
        <source>What the model writes will be here as soon as the run comes to sample_steps.</source>
        <translation>실행이 sample_steps에 이르면 모델이 쓴 텍스트가 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>&gt; 0.8</source>
        <translation>&gt; 0.8</translation>
    </message>
    <message>
        <source>0.5–0.8</source>
        <translation>0.5–0.8</translation>
    </message>
    <message>
        <source>&lt; 0.5</source>
        <translation>&lt; 0.5</translation>
    </message>
    <message>
        <source>Sample · step %1</source>
        <translation>샘플 · 스텝 %1</translation>
    </message>
    <message>
        <source>The sample before</source>
        <translation>이전 샘플</translation>
    </message>
    <message>
        <source>The sample after</source>
        <translation>다음 샘플</translation>
    </message>
    <message>
        <source>Samples of the run</source>
        <translation>이 실행의 샘플</translation>
    </message>
    <message>
        <source>What the model wrote at each sample of the run, from the first to the latest</source>
        <translation>이 실행에서 모델이 쓴 글을 처음부터 최신 샘플까지 차례로 봅니다</translation>
    </message>
</context>
<context>
    <name>lathe::SampleForm</name>
    <message>
        <source>%1: use %2</source>
        <translation>%1: %2 사용</translation>
    </message>
    <message>
        <source>Sets a value that is allowed</source>
        <translation>허용되는 값을 넣습니다</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>정확</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>균형</translation>
    </message>
    <message>
        <source>Wild</source>
        <translation>자유</translation>
    </message>
    <message>
        <source>Sets temperature, top_p, top_k, min_p and repetition_penalty</source>
        <translation>temperature, top_p, top_k, min_p, repetition_penalty를 설정합니다</translation>
    </message>
    <message>
        <source>Several are separated by commas; \n is a new line.</source>
        <translation>여러 개는 쉼표로 구분하고, 줄 바꿈은 \n으로 씁니다.</translation>
    </message>
    <message>
        <source>The time of an answer grows with it.</source>
        <translation>클수록 답변 시간이 길어집니다.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>lathe::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Kept for this user; they change at once.</source>
        <translation>이 사용자에게 저장되며, 바로 적용됩니다.</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>The system&apos;s choice is followed while the window is open, too</source>
        <translation>창이 열려 있는 동안에도 시스템의 선택을 따릅니다</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Everything that Lathe says; what models write stays as it is</source>
        <translation>Lathe가 말하는 모든 것에 적용됩니다. 모델이 쓴 글은 그대로입니다</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>Of every text of the window</source>
        <translation>창의 모든 글자</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>While a model trains</source>
        <translation>모델을 학습하는 동안</translation>
    </message>
    <message>
        <source>Keep the machine awake</source>
        <translation>컴퓨터가 잠들지 않게</translation>
    </message>
    <message>
        <source>Leave room for me</source>
        <translation>내 작업 여유 남기기</translation>
    </message>
    <message>
        <source>Trains on half of the cores and gives way to other programs: slower, with the same result</source>
        <translation>코어 절반으로 학습하고 다른 프로그램에 양보합니다. 느려지지만 결과는 같습니다</translation>
    </message>
    <message>
        <source>When the window is closed</source>
        <translation>창을 닫을 때</translation>
    </message>
    <message>
        <source>A run that goes on without the window is in the tray</source>
        <translation>창 없이 계속되는 실행은 트레이에 있습니다</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>트레이에서 계속</translation>
    </message>
    <message>
        <source>Save and stop</source>
        <translation>저장하고 멈추기</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Shows runs, data sets, models and exports in the file manager</source>
        <translation>실행, 데이터 세트, 모델, 내보낸 것을 파일 관리자에서 보여 줍니다</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>About Lathe</source>
        <translation>Lathe 정보</translation>
    </message>
    <message>
        <source>Lathe %1. The programs are free software under GPL-3.0-or-later, the engine under Apache-2.0. Nothing leaves this machine but what you ask for: a model to download.</source>
        <translation>Lathe %1. 프로그램은 GPL-3.0-or-later, 엔진은 Apache-2.0을 따르는 자유 소프트웨어입니다. 요청한 모델 내려받기 말고는 아무것도 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>둘러보기</translation>
    </message>
    <message>
        <source>The short tour of the first start</source>
        <translation>처음 시작할 때의 짧은 안내</translation>
    </message>
    <message>
        <source>Runs: %1 · %2 free on this disk</source>
        <translation>실행 %1개 · 이 디스크 여유 %2</translation>
    </message>
    <message>
        <source>Open another workspace; an empty folder becomes a new one</source>
        <translation>다른 작업 공간 열기. 빈 폴더는 새 작업 공간이 됩니다</translation>
    </message>
    <message>
        <source>It does not go to sleep before a run, a download or other long work has ended</source>
        <translation>실행, 내려받기 같은 긴 작업이 끝나기 전에는 절전에 들어가지 않습니다</translation>
    </message>
    <message>
        <source>Another workspace…</source>
        <translation>다른 작업 공간…</translation>
    </message>
    <message>
        <source>Opens it in a window of its own; an empty folder becomes a new one, and what goes on here goes on</source>
        <translation>새 창에서 엽니다. 빈 폴더는 새 작업 공간이 되며, 여기서 하던 일은 계속됩니다</translation>
    </message>
    <message>
        <source>Every action has its standard keys again.</source>
        <translation>모든 명령의 단축키를 기본값으로 되돌렸습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Brings back the keys that you gave</source>
        <translation>직접 지정한 단축키를 다시 씁니다</translation>
    </message>
    <message>
        <source>Tell me when long work has ended</source>
        <translation>긴 작업이 끝나면 알리기</translation>
    </message>
    <message>
        <source>A notification of the desktop, for runs, downloads, exports and other work of more than a minute while the window is in the background</source>
        <translation>창이 뒤에 있을 때, 1분이 넘는 실행이나 다운로드, 내보내기 같은 작업이 끝나면 데스크톱 알림을 보냅니다</translation>
    </message>
    <message>
        <source>Standard keys</source>
        <translation>기본 단축키</translation>
    </message>
    <message>
        <source>Every action as it was at first; can be undone</source>
        <translation>모든 명령의 단축키를 처음대로 되돌립니다. 취소할 수 있습니다</translation>
    </message>
</context>
<context>
    <name>lathe::SizeDial</name>
    <message>
        <source>In proportions of its own; the dial sets them all.</source>
        <translation>비율이 따로 정해져 있습니다. 다이얼을 돌리면 모두 다시 정해집니다.</translation>
    </message>
    <message>
        <source>%1 blocks of width %2, %3 query heads over %4 of key and value</source>
        <translation>너비 %2인 블록 %1개, 쿼리 헤드 %3개가 키·값 헤드 %4개를 함께 사용</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>파라미터 %1</translation>
    </message>
    <message>
        <source>about %1 here</source>
        <translation>여기서 약 %1</translation>
    </message>
    <message>
        <source>Size in one dial</source>
        <translation>다이얼 하나로 크기 정하기</translation>
    </message>
    <message>
        <source>Depth, width, heads and feed-forward together, in the usual proportions; compute grows with about the cube of it</source>
        <translation>깊이, 너비, 헤드, 피드포워드를 흔히 쓰는 비율로 한꺼번에 정합니다. 연산량은 약 세제곱으로 늘어납니다</translation>
    </message>
</context>
<context>
    <name>lathe::SizeList</name>
    <message>
        <source>and %1 more</source>
        <translation>외 %1개</translation>
    </message>
</context>
<context>
    <name>lathe::StartPage</name>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>약 1분</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>스텝 %1 / %2</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · %2 남음</translation>
    </message>
    <message>
        <source>%1 stopped without a word at step %2; its checkpoint of step %3 is whole.</source>
        <translation>%1: 스텝 %2에서 예고 없이 중단되었습니다. 스텝 %3의 체크포인트는 온전히 남아 있습니다.</translation>
    </message>
    <message>
        <source>Resume at step %1</source>
        <translation>스텝 %1부터 재개</translation>
    </message>
    <message>
        <source>Goes on exactly as if it had never stopped</source>
        <translation>중단된 적이 없는 것처럼 똑같이 이어집니다</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>접기</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>전체 %1개</translation>
    </message>
    <message>
        <source>Train small language models on this machine, talk to them, take them elsewhere. Everything stays in %1.</source>
        <translation>이 컴퓨터에서 작은 언어 모델을 학습하고, 대화하고, 다른 곳으로 내보냅니다. 모든 데이터는 %1에 보관됩니다.</translation>
    </message>
    <message>
        <source>Starts at once; stop and resume whenever you like</source>
        <translation>바로 시작합니다. 언제든 중지하고 재개할 수 있습니다</translation>
    </message>
    <message>
        <source>Watch it train</source>
        <translation>학습 지켜보기</translation>
    </message>
    <message>
        <source>Goes to the Train page</source>
        <translation>학습 페이지로 이동합니다</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>Talk to it</source>
        <translation>대화하기</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>중단된 실행</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>최근 실행</translation>
    </message>
    <message>
        <source>Runs will be listed here, with their losses and checkpoints.</source>
        <translation>실행이 손실, 체크포인트와 함께 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Tune a model on my examples</source>
        <translation>내 예제로 모델 튜닝</translation>
    </message>
    <message>
        <source>A model that knows language learns your questions and answers. It stays as it is; what it learns is a small adapter beside it.</source>
        <translation>언어를 아는 모델이 질문과 답을 배웁니다. 모델은 그대로이고, 배운 것은 옆에 놓이는 작은 어댑터가 됩니다.</translation>
    </message>
    <message>
        <source>Model to tune</source>
        <translation>튜닝할 모델</translation>
    </message>
    <message>
        <source>The models on this disk that Lathe can compute; more are on the Model page</source>
        <translation>이 디스크에서 Lathe가 계산할 수 있는 모델입니다. 더 많은 모델은 모델 페이지에 있습니다</translation>
    </message>
    <message>
        <source>Choose my examples</source>
        <translation>예제 고르기</translation>
    </message>
    <message>
        <source>Goes to the Train page, with every other value filled in</source>
        <translation>다른 값을 모두 채운 채 학습 페이지로 갑니다</translation>
    </message>
    <message>
        <source>Train a small model from nothing</source>
        <translation>처음부터 작은 모델 학습</translation>
    </message>
    <message>
        <source>A Qwen3 model of 0.7 million parameters learns English and Korean sample texts, from random weights to sentences, while you watch its loss fall and talk to it.</source>
        <translation>파라미터 70만 개의 Qwen3 모델이 영어와 한국어 예문을 배웁니다. 무작위 가중치에서 문장까지, 손실이 내려가는 것을 보며 대화할 수 있습니다.</translation>
    </message>
    <message>
        <source>Build my own</source>
        <translation>직접 만들기</translation>
    </message>
    <message>
        <source>Goes to the Model page: its shape, and what it costs</source>
        <translation>모델 페이지로 갑니다. 모양과 드는 비용을 정합니다</translation>
    </message>
    <message>
        <source>Try a model that is here</source>
        <translation>여기 있는 모델 써 보기</translation>
    </message>
    <message>
        <source>The starter model goes on from English and from Korean text; your own runs and every model that you opened can be chosen, too.</source>
        <translation>스타터 모델은 영어와 한국어 글을 이어 씁니다. 직접 학습한 실행과 열어 본 모델도 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Model to talk to</source>
        <translation>대화할 모델</translation>
    </message>
    <message>
        <source>Runs of this workspace, the starter model, models that were opened before</source>
        <translation>이 작업 공간의 실행, 스타터 모델, 전에 열었던 모델</translation>
    </message>
    <message>
        <source>Opens a conversation with this model</source>
        <translation>이 모델과 대화를 엽니다</translation>
    </message>
    <message>
        <source>Talk to a model that is here</source>
        <translation>여기 있는 모델과 대화</translation>
    </message>
    <message>
        <source>%1 stopped without a word at step %2, before its first checkpoint.</source>
        <translation>%1: 첫 체크포인트를 저장하기 전, 스텝 %2에서 예고 없이 중단되었습니다.</translation>
    </message>
    <message>
        <source>Start again with these settings</source>
        <translation>같은 설정으로 다시 시작</translation>
    </message>
    <message>
        <source>A new run on the Train page, with the settings of this one</source>
        <translation>이 실행의 설정으로 학습 페이지에서 새 실행을 준비합니다</translation>
    </message>
    <message>
        <source>Resume the run that was cut off</source>
        <translation>끊긴 실행 이어서 학습</translation>
    </message>
    <message>
        <source>Train the quick start</source>
        <translation>빠른 시작 학습</translation>
    </message>
</context>
<context>
    <name>lathe::StatusLine</name>
    <message>
        <source>Search every action of every page</source>
        <translation>모든 페이지의 명령을 검색합니다</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>언어 바꾸기</translation>
    </message>
    <message>
        <source>CPU · %1 threads</source>
        <translation>CPU · 스레드 %1개</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>스텝 %1 / %2</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>답변 중</translation>
    </message>
    <message>
        <source>chats: %1</source>
        <translation>대화: %1</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>저장 중</translation>
    </message>
    <message>
        <source>every action</source>
        <translation>모든 명령</translation>
    </message>
    <message>
        <source>%1  every action</source>
        <translation>%1  모든 명령</translation>
    </message>
</context>
<context>
    <name>lathe::SupervisionFlow</name>
    <message>
        <source>✂ cut off here</source>
        <translation>✂ 여기서 잘림</translation>
    </message>
    <message>
        <source>%1 places of padding</source>
        <translation>채움 %1자리</translation>
    </message>
    <message>
        <source>trained: it is learnt</source>
        <translation>학습: 이 토큰을 배웁니다</translation>
    </message>
    <message>
        <source>cut off: the run never sees it</source>
        <translation>잘림: 실행이 보지 못합니다</translation>
    </message>
    <message>
        <source>masked: it is read, and not learnt</source>
        <translation>가림: 읽지만 배우지 않습니다</translation>
    </message>
    <message>
        <source>Token %1 · id %2 · “%3” · %4</source>
        <translation>토큰 %1 · id %2 · “%3” · %4</translation>
    </message>
    <message>
        <source>Tokens; the arrow keys go through them</source>
        <translation>토큰. 화살표 키로 옮겨 다닙니다</translation>
    </message>
</context>
<context>
    <name>lathe::SurveyView</name>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>What</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>줄</translation>
    </message>
    <message>
        <source>Its beginning, or why</source>
        <translation>앞부분 또는 까닭</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>검증용</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>정제법</translation>
    </message>
    <message>
        <source>Tokens not counted</source>
        <translation>토큰 세지 않음</translation>
    </message>
    <message>
        <source>Lengths in characters</source>
        <translation>길이(글자 수)</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Lines worth a look</source>
        <translation>살펴볼 줄</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Tokenizer to count with</source>
        <translation>셀 때 쓸 토크나이저</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Text (.txt, .md, .html, .docx, .pdf) or rows (.jsonl, .json, .csv, .tsv); they can also be dropped</source>
        <translation>텍스트(.txt, .md, .html, .docx, .pdf)나 행(.jsonl, .json, .csv, .tsv). 끌어다 놓아도 됩니다</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Every such file of a folder</source>
        <translation>폴더 안의 그런 파일 전부</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Takes the chosen one off the list, or the folder that it is in; files stay</source>
        <translation>선택한 파일이나 그 폴더를 목록에서 뺍니다. 파일은 그대로입니다</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Looks at this version&apos;s documents</source>
        <translation>이 버전의 문서를 봅니다</translation>
    </message>
    <message>
        <source>Use its recipe</source>
        <translation>이 정제법 쓰기</translation>
    </message>
    <message>
        <source>Puts the recipe of this version into the form under Clean</source>
        <translation>이 버전의 정제법을 정제 탭에 넣습니다</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>휴지통으로</translation>
    </message>
    <message>
        <source>This version alone; it can be taken out again</source>
        <translation>이 버전만 옮깁니다. 다시 꺼낼 수 있습니다</translation>
    </message>
    <message>
        <source>What is wrong with one leaves the others as they are</source>
        <translation>한 파일에 문제가 있어도 나머지는 그대로입니다</translation>
    </message>
    <message>
        <source>Of each kind the first hundred</source>
        <translation>종류마다 처음 100개</translation>
    </message>
    <message>
        <source>No line stands out.</source>
        <translation>눈에 띄는 줄이 없습니다.</translation>
    </message>
    <message>
        <source>Enter opens one</source>
        <translation>Enter를 누르면 엽니다</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Counts tokens too: all of the first 64 MB of text; of what is beyond, one byte in 64, so that 10 GB take seconds longer. Kept for the next time</source>
        <translation>토큰도 셉니다. 글의 처음 64 MB는 모두, 그 뒤는 64바이트에 하나꼴로 세므로 10 GB라도 몇 초만 더 걸립니다. 고른 것은 다음에도 그대로입니다</translation>
    </message>
</context>
<context>
    <name>lathe::SweepPanel</name>
    <message>
        <source>A setting…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>The values that it takes in turn, with commas between; each makes a run of its own</source>
        <translation>차례로 쓸 값을 쉼표로 나누어 적습니다. 값마다 실행이 하나씩 생깁니다</translation>
    </message>
    <message>
        <source>now %1; several with commas between</source>
        <translation>지금 %1, 여러 값은 쉼표로</translation>
    </message>
    <message>
        <source>Legal: %1</source>
        <translation>허용 범위: %1</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Values of %1</source>
        <translation>%1의 값</translation>
    </message>
    <message>
        <source>This run has no such setting.</source>
        <translation>이 실행에는 없는 설정입니다.</translation>
    </message>
    <message>
        <source>It is chosen above already.</source>
        <translation>위에서 이미 고른 설정입니다.</translation>
    </message>
    <message>
        <source>“%1”: %2 %3</source>
        <translation>“%1”: %2, %3</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <translation>“%1”: %2</translation>
    </message>
    <message>
        <source>use %1</source>
        <translation>%1 사용</translation>
    </message>
    <message>
        <source>Puts the nearest legal value in its place</source>
        <translation>그 자리에 허용되는 가장 가까운 값을 넣습니다</translation>
    </message>
    <message>
        <source>Nothing is queued before what is marked above is mended.</source>
        <translation>위에 표시된 값을 고쳐야 대기열에 넣을 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose a setting and type the values that it is to take.</source>
        <translation>설정을 고르고 쓸 값을 적으세요.</translation>
    </message>
    <message>
        <source>One sweep has from 1 to %1 runs.</source>
        <translation>스윕 하나에 실행은 1개부터 %1개까지입니다.</translation>
    </message>
    <message>
        <source>These are %1 runs, and one sweep has at most %2: take fewer values, or some combinations at random.</source>
        <translation>실행이 %1개가 됩니다. 스윕 하나에는 %2개까지 넣을 수 있으니 값을 줄이거나 조합 일부를 무작위로 고르세요.</translation>
    </message>
    <message>
        <source>“%1” is not possible: %2 %3</source>
        <translation>“%1” 조합은 쓸 수 없습니다. %2: %3</translation>
    </message>
    <message>
        <source>Runs: %1, about %2 in all if each takes as long as the form&apos;s.</source>
        <translation>실행 %1개. 하나하나가 아래 설정의 실행만큼 걸린다면 모두 약 %2입니다.</translation>
    </message>
    <message>
        <source>Runs: %1.</source>
        <translation>실행 %1개.</translation>
    </message>
    <message>
        <source>Queue a sweep</source>
        <translation>스윕 만들기</translation>
    </message>
    <message>
        <source>Setting %1 to vary</source>
        <translation>바꿀 설정 %1</translation>
    </message>
    <message>
        <source>What the runs of the sweep differ in</source>
        <translation>스윕의 실행들이 서로 다르게 쓸 설정입니다</translation>
    </message>
    <message>
        <source>All combinations</source>
        <translation>모든 조합</translation>
    </message>
    <message>
        <source>Some at random</source>
        <translation>무작위 일부</translation>
    </message>
    <message>
        <source>Each value with each other one, or as many of these runs as are wanted; train.seed draws them, so that the same sweep gives the same runs</source>
        <translation>모든 값을 서로 조합하거나, 그 가운데 원하는 수만큼 고릅니다. train.seed로 뽑으므로 같은 스윕은 늘 같은 실행이 됩니다</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 수</translation>
    </message>
    <message>
        <source>How many combinations are drawn</source>
        <translation>뽑을 조합의 수</translation>
    </message>
    <message>
        <source>Queue the sweep</source>
        <translation>대기열에 넣기</translation>
    </message>
    <message>
        <source>Adds a run for each combination to the queue; each takes the time and the disk space of a run</source>
        <translation>조합마다 실행을 하나씩 대기열에 넣습니다. 각각 실행 하나만큼의 시간과 디스크 공간이 듭니다</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>Adds nothing; what is typed stays for the next time (Escape)</source>
        <translation>아무것도 넣지 않습니다. 적은 내용은 다음에 쓸 수 있게 남습니다(Escape)</translation>
    </message>
</context>
<context>
    <name>lathe::SwitchCard</name>
    <message>
        <source>×%1 time</source>
        <translation>시간 ×%1</translation>
    </message>
    <message>
        <source>%1 a token in a chat</source>
        <translation>대화에서 토큰당 %1</translation>
    </message>
    <message>
        <source>no difference here</source>
        <translation>여기서는 차이 없음</translation>
    </message>
    <message>
        <source>off: %1</source>
        <translation>끄면: %1</translation>
    </message>
    <message>
        <source>on: %1</source>
        <translation>켜면: %1</translation>
    </message>
    <message>
        <source>Attention tile by tile; off, a plain kernel keeps every score: the same numbers, to compare</source>
        <translation>어텐션을 타일 단위로 계산. 끄면 기본 커널이 모든 점수를 남김. 결과는 같으며 비교용</translation>
    </message>
    <message>
        <source>Several query heads share one of key and value, so a chat remembers less</source>
        <translation>여러 쿼리 헤드가 키·값 헤드 하나를 함께 써서 대화의 메모리를 줄임</translation>
    </message>
    <message>
        <source>A small adapter is trained on a base model that stays as it is</source>
        <translation>그대로 두는 기반 모델 위에서 작은 어댑터만 학습</translation>
    </message>
    <message>
        <source>The same, with the base model in 4 bits</source>
        <translation>같은 방식에 기반 모델을 4비트로</translation>
    </message>
    <message>
        <source>Positions are stretched (YaRN), for four times the context</source>
        <translation>위치를 늘려(YaRN) 문맥을 네 배로</translation>
    </message>
    <message>
        <source>the base model has its shape</source>
        <translation>기반 모델의 구조를 따름</translation>
    </message>
    <message>
        <source>needs a base model to go on from</source>
        <translation>이어서 학습할 기반 모델이 필요함</translation>
    </message>
    <message>
        <source>one head cannot be grouped</source>
        <translation>헤드가 하나라 묶을 수 없음</translation>
    </message>
    <message>
        <source>of an adapter</source>
        <translation>어댑터가 있을 때</translation>
    </message>
    <message>
        <source>Switches</source>
        <translation>스위치</translation>
    </message>
    <message>
        <source>Rank of the adapter&apos;s matrices: more can learn more; 8 to 64 is usual</source>
        <translation>어댑터 행렬의 랭크. 클수록 더 많이 배움. 보통 8~64</translation>
    </message>
    <message>
        <source>%1 in a chat with a full context</source>
        <translation>문맥이 가득 찬 대화에서 %1</translation>
    </message>
</context>
<context>
    <name>lathe::TensorModel</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>숫자 형식</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>lathe::TensorTable</name>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter the tensors</source>
        <translation>텐서 필터</translation>
    </message>
    <message>
        <source>Shows the tensors with these words in their name, or of these numbers</source>
        <translation>이름에 이 단어가 있거나 이 수 형식인 텐서만 표시합니다</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>The chosen one&apos;s values are read and shown as a histogram</source>
        <translation>선택한 텐서의 값을 읽어 히스토그램으로 표시합니다</translation>
    </message>
</context>
<context>
    <name>lathe::TokenFlow</name>
    <message>
        <source>“%1” had a probability of %2</source>
        <translation>“%1”의 확률: %2</translation>
    </message>
    <message>
        <source>likeliest there:</source>
        <translation>이 위치에서 확률이 가장 높은 토큰:</translation>
    </message>
</context>
<context>
    <name>lathe::TokenLens</name>
    <message>
        <source>The tokens of the next answer will be here, each with what else could have stood there.</source>
        <translation>다음 답변의 토큰이 여기에 나타납니다. 각 자리에 올 수 있던 다른 토큰도 함께 보입니다.</translation>
    </message>
    <message>
        <source>The tokens will be here as they come.</source>
        <translation>토큰이 나오는 대로 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>This answer was begun without its tokens; the next one has them.</source>
        <translation>이 답변은 토큰 없이 시작했습니다. 다음 답변부터 토큰이 보입니다.</translation>
    </message>
    <message>
        <source>The tokens of this answer are not known: it was written without them, with another model, or before Lathe was closed. The next answer has them.</source>
        <translation>이 답변의 토큰은 알 수 없습니다. 토큰을 켜지 않았거나, 다른 모델로 썼거나, Lathe를 닫기 전에 쓴 답변입니다. 다음 답변부터 토큰이 보입니다.</translation>
    </message>
    <message>
        <source>Answer again with tokens</source>
        <translation>토큰과 함께 다시 답변</translation>
    </message>
    <message>
        <source>Answers again with another seed; this answer can be brought back</source>
        <translation>다른 시드로 다시 답변합니다. 이 답변은 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Click a token, or go through them with the arrow keys.</source>
        <translation>토큰을 누르거나 화살표 키로 옮겨 가세요.</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>&gt; 0.8</source>
        <translation>&gt; 0.8</translation>
    </message>
    <message>
        <source>0.5–0.8</source>
        <translation>0.5–0.8</translation>
    </message>
    <message>
        <source>&lt; 0.5</source>
        <translation>&lt; 0.5</translation>
    </message>
    <message>
        <source>Continue with this</source>
        <translation>이것으로 이어쓰기</translation>
    </message>
    <message>
        <source>Cuts the answer at this token, puts the chosen alternative there and generates on (Enter in the table). The former answer can be brought back</source>
        <translation>이 토큰에서 답변을 자르고 고른 대안을 넣은 뒤 이어서 생성합니다(표에서 Enter). 이전 답변은 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Continue from this alternative</source>
        <translation>이 대안에서 이어쓰기</translation>
    </message>
    <message>
        <source>Former answer</source>
        <translation>이전 답변</translation>
    </message>
    <message>
        <source>Brings the answer back that this one took the place of; once more, and this one is here again</source>
        <translation>이 답변으로 바뀌기 전의 답변을 되돌립니다. 한 번 더 누르면 이 답변이 다시 나옵니다</translation>
    </message>
</context>
<context>
    <name>lathe::TokenizerCard</name>
    <message>
        <source>Measuring the tokenizers at hand on the same texts…</source>
        <translation>같은 글로 토크나이저를 비교하는 중…</translation>
    </message>
    <message>
        <source>Counting the words…</source>
        <translation>단어 세는 중…</translation>
    </message>
    <message>
        <source>%1 of %2 merges; the newest first</source>
        <translation>병합 %2개 중 %1개; 최근 것부터</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>%1에 저장했습니다</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>새 토큰</translation>
    </message>
    <message>
        <source>Times in the data</source>
        <translation>데이터 속 횟수</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>토크나이저</translation>
    </message>
    <message>
        <source>Bytes a token</source>
        <translation>토큰당 바이트</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>어휘 크기</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Train a tokenizer</source>
        <translation>토크나이저 학습</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>압축률</translation>
    </message>
    <message>
        <source>Tokens to make: 256 bytes, a special token, and merges; more shorten texts and enlarge the model&apos;s embedding. 4,096 to 32,768 is usual for a model of one&apos;s own</source>
        <translation>만들 토큰 수: 바이트 256개, 특수 토큰 하나, 병합. 많을수록 글은 짧아지고 모델의 임베딩은 커집니다. 직접 만드는 모델은 보통 4,096~32,768</translation>
    </message>
    <message>
        <source>257 to 1,048,576; byte-level BPE with Qwen&apos;s pattern</source>
        <translation>257~1,048,576; Qwen 패턴의 바이트 단위 BPE</translation>
    </message>
    <message>
        <source>Train tokenizer</source>
        <translation>토크나이저 학습</translation>
    </message>
    <message>
        <source>Learns the most frequent pieces of these texts; seconds for a few MB</source>
        <translation>이 글에서 가장 잦은 조각을 배웁니다. 몇 MB는 몇 초 걸립니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Nothing half-written stays</source>
        <translation>쓰다 만 파일은 남지 않습니다</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Counts the tokens that each tokenizer at hand makes of the first 20 MB of these texts</source>
        <translation>이 글의 처음 20 MB로 토크나이저마다 토큰 수를 셉니다</translation>
    </message>
    <message>
        <source>Here the tokenizers of the workspace stand beside those of the models on this disk (Qwen&apos;s, GPT-2&apos;s, SmolLM2&apos;s where they are at hand): how many bytes a token of each stands for.</source>
        <translation>작업 공간의 토크나이저를 이 디스크에 있는 모델의 것(Qwen, GPT-2, SmolLM2 등)과 나란히 놓고 토큰 하나가 몇 바이트를 나타내는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Merges</source>
        <translation>병합</translation>
    </message>
    <message>
        <source>What was joined last</source>
        <translation>마지막에 합친 것</translation>
    </message>
    <message>
        <source>Compression of the tokenizers</source>
        <translation>토크나이저 압축률</translation>
    </message>
    <message>
        <source>More bytes a token: shorter sequences for the same text</source>
        <translation>토큰당 바이트가 많을수록 같은 글의 시퀀스가 짧습니다</translation>
    </message>
    <message>
        <source>The recipe under Clean is saved as a version first: the tokenizer learns from what it keeps</source>
        <translation>정제 탭의 정제법을 먼저 버전으로 저장하세요. 토크나이저는 정제법이 남긴 글로 배웁니다</translation>
    </message>
</context>
<context>
    <name>lathe::TrainPage</name>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>학습 시작</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>새 실행</translation>
    </message>
    <message>
        <source>The first step comes after this.</source>
        <translation>준비가 끝나면 첫 스텝이 시작됩니다.</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>지금 저장</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>Step once</source>
        <translation>한 스텝 진행</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Saves and ends the run; it can be resumed later</source>
        <translation>저장하고 실행을 끝냅니다. 나중에 재개할 수 있습니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Ends the preparation; what was prepared is kept for the next time</source>
        <translation>준비를 중단합니다. 이미 준비된 내용은 다음을 위해 보관됩니다</translation>
    </message>
    <message>
        <source>Back to the form, with the settings of this run</source>
        <translation>이 실행의 설정을 채워 입력 화면으로 돌아갑니다</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Goes on from the newest checkpoint</source>
        <translation>최신 체크포인트부터 이어서 학습합니다</translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation>이 모델과 대화</translation>
    </message>
    <message>
        <source>Opens the chat with the weights of this run</source>
        <translation>이 실행의 가중치와 대화를 시작합니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Writes a checkpoint in a format that other programs read</source>
        <translation>체크포인트를 다른 프로그램에서 읽을 수 있는 형식으로 저장합니다</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>프리셋으로 저장…</translation>
    </message>
    <message>
        <source>Keeps these settings under a name in the workspace</source>
        <translation>이 설정에 이름을 붙여 작업 공간에 저장합니다</translation>
    </message>
    <message>
        <source>Undo the change of a setting</source>
        <translation>설정 변경 실행 취소</translation>
    </message>
    <message>
        <source>Redo the change of a setting</source>
        <translation>설정 변경 다시 실행</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>Save curves as PNG…</source>
        <translation>곡선을 PNG로 저장…</translation>
    </message>
    <message>
        <source>Save every step as CSV…</source>
        <translation>모든 스텝을 CSV로 저장…</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>실행 열기…</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Shows another run of this workspace</source>
        <translation>이 작업 공간의 다른 실행을 표시합니다</translation>
    </message>
    <message>
        <source>Its last checkpoint is being written</source>
        <translation>마지막 체크포인트를 쓰는 중입니다</translation>
    </message>
    <message>
        <source>Nothing is trained before you start.</source>
        <translation>시작하기 전에는 아무것도 학습하지 않습니다.</translation>
    </message>
    <message>
        <source>Look into the batch</source>
        <translation>배치 들여다보기</translation>
    </message>
    <message>
        <source>%1. It may begin to learn its examples by heart. Of its checkpoints the best by validation loss is kept.</source>
        <translation>%1. 모델이 예시를 외우기 시작했을 수 있습니다. 체크포인트 중 검증 손실이 가장 낮은 것은 남겨 둡니다.</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>실행 중지</translation>
    </message>
    <message>
        <source>%1 steps with these settings, about %2: a first answer before the long run</source>
        <translation>이 설정으로 %1스텝, 약 %2: 긴 실행 전에 첫 답변을 봅니다</translation>
    </message>
    <message>
        <source>%1 steps with these settings: a first answer before the long run</source>
        <translation>이 설정으로 %1스텝: 긴 실행 전에 첫 답변을 봅니다</translation>
    </message>
    <message>
        <source>Quick try</source>
        <translation>빠른 시험</translation>
    </message>
    <message>
        <source>Start a quick try</source>
        <translation>빠른 시험 시작</translation>
    </message>
    <message>
        <source>Compare with the base</source>
        <translation>바탕 모델과 비교</translation>
    </message>
    <message>
        <source>Start the long run</source>
        <translation>긴 실행 시작</translation>
    </message>
    <message>
        <source>Measure the validation loss now</source>
        <translation>지금 검증 손실 재기</translation>
    </message>
    <message>
        <source>Let the run write a sample now</source>
        <translation>지금 샘플 쓰게 하기</translation>
    </message>
    <message>
        <source>“%1” waits in the queue, as number %2.</source>
        <translation>“%1” 실행이 대기열 %2번째에서 기다립니다.</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>대기열 보기</translation>
    </message>
    <message>
        <source>Back to the run</source>
        <translation>실행으로 돌아가기</translation>
    </message>
    <message>
        <source>Plan the next</source>
        <translation>다음 실행 준비</translation>
    </message>
    <message>
        <source>Shows the run that trains</source>
        <translation>학습 중인 실행을 보여 줍니다</translation>
    </message>
    <message>
        <source>The form, for a run that waits in the queue</source>
        <translation>대기열에 넣을 실행의 설정을 엽니다</translation>
    </message>
    <message>
        <source>Plan the next run</source>
        <translation>다음 실행 준비하기</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>대기열에 넣기</translation>
    </message>
    <message>
        <source>Keeps it with the runs that wait; it starts when those before it have ended</source>
        <translation>기다리는 실행에 넣어 둡니다. 앞의 실행이 끝나면 시작합니다</translation>
    </message>
    <message>
        <source>Add the run to the queue</source>
        <translation>실행을 대기열에 넣기</translation>
    </message>
    <message>
        <source>Another Lathe trains this run: shown as it goes on, not to be changed here</source>
        <translation>다른 Lathe가 학습하는 실행입니다. 진행을 보여 주며, 여기서는 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>The sweep waits in the queue. Runs: %1.</source>
        <translation>스윕이 대기열에서 기다립니다. 실행 %1개.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Goes on with the next step</source>
        <translation>다음 스텝부터 이어 갑니다</translation>
    </message>
    <message>
        <source>Stops after this step; the weights stay in memory, nothing is lost</source>
        <translation>이 스텝이 끝나면 멈춥니다. 가중치는 메모리에 남고, 잃는 것은 없습니다</translation>
    </message>
    <message>
        <source>Checks the data, then trains with these settings</source>
        <translation>데이터를 확인한 뒤 이 설정으로 학습합니다</translation>
    </message>
    <message>
        <source>Queue a sweep: this run several times, with other values of a few settings</source>
        <translation>스윕 만들기: 몇몇 설정의 값을 바꿔 가며 이 실행을 여러 번 대기열에 넣습니다</translation>
    </message>
    <message>
        <source>Queue a sweep</source>
        <translation>스윕 만들기</translation>
    </message>
    <message>
        <source>Writes a checkpoint after this step; takes a moment and some disk space</source>
        <translation>이 스텝이 끝나면 체크포인트를 저장합니다. 잠깐의 시간과 디스크 공간이 듭니다</translation>
    </message>
    <message>
        <source>Makes one step, then pauses</source>
        <translation>한 스텝만 학습하고 멈춥니다</translation>
    </message>
</context>
<context>
    <name>lathe::TrainSetup</name>
    <message>
        <source>The table of examples is not saved.</source>
        <translation>예시 표가 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>The table of examples is being saved.</source>
        <translation>예시 표를 저장하는 중입니다.</translation>
    </message>
</context>
<context>
    <name>lathe::Transcript</name>
    <message>
        <source>Write the beginning of a text: the model goes on from it, in its own words.</source>
        <translation>텍스트의 첫 부분을 쓰세요. 모델이 자기 말로 이어서 씁니다.</translation>
    </message>
    <message>
        <source>Begin with an example</source>
        <translation>예시로 시작하기</translation>
    </message>
    <message>
        <source>Puts a beginning into the field below</source>
        <translation>아래 입력란에 첫 부분을 넣습니다</translation>
    </message>
    <message>
        <source>Show earlier text</source>
        <translation>이전 텍스트 보기</translation>
    </message>
    <message>
        <source>Lays out more of this conversation</source>
        <translation>이 대화의 앞부분을 더 표시합니다</translation>
    </message>
</context>
<context>
    <name>lathe::TunedBar</name>
    <message>
        <source>This was a quick try. See what it has changed, then start the long run.</source>
        <translation>빠른 시험이었습니다. 무엇이 달라졌는지 본 뒤 긴 실행을 시작하세요.</translation>
    </message>
    <message>
        <source>What did the run change? Held-back questions, answered before and after.</source>
        <translation>실행으로 무엇이 달라졌을까요? 떼어 둔 질문에 전과 후의 모델이 답합니다.</translation>
    </message>
    <message>
        <source>Compare with the base</source>
        <translation>바탕 모델과 비교</translation>
    </message>
    <message>
        <source>Perplexity and answers of the model before and after the run; takes a minute or a few</source>
        <translation>실행 전과 후 모델의 퍼플렉시티와 답변. 일이 분에서 몇 분 걸립니다</translation>
    </message>
    <message>
        <source>Start the long run</source>
        <translation>긴 실행 시작</translation>
    </message>
    <message>
        <source>The same settings with all the steps they were given</source>
        <translation>같은 설정으로 정해 둔 스텝을 모두 실행합니다</translation>
    </message>
</context>
<context>
    <name>lathe::TurnEditor</name>
    <message>
        <source>Question %1</source>
        <translation>질문 %1</translation>
    </message>
    <message>
        <source>Answer %1</source>
        <translation>답변 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Turn of the conversation</source>
        <translation>대화의 차례</translation>
    </message>
    <message>
        <source>Which turn is shown below</source>
        <translation>아래에 보여 줄 차례</translation>
    </message>
    <message>
        <source>Add a turn</source>
        <translation>차례 추가</translation>
    </message>
    <message>
        <source>Puts a question and an answer at the end of this conversation</source>
        <translation>이 대화 끝에 질문과 답변을 하나씩 추가합니다</translation>
    </message>
    <message>
        <source>Remove the last</source>
        <translation>마지막 제거</translation>
    </message>
    <message>
        <source>Takes the last question and answer away; undo brings them back</source>
        <translation>마지막 질문과 답변을 지웁니다. 실행 취소로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Text of the turn</source>
        <translation>차례의 글</translation>
    </message>
</context>
<context>
    <name>lathe::TwinChat</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>토큰 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Its answer will be here.</source>
        <translation>답변이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>answering…</source>
        <translation>답변하는 중…</translation>
    </message>
    <message>
        <source>waiting for the engine…</source>
        <translation>엔진을 기다리는 중…</translation>
    </message>
    <message>
        <source>Before: the base</source>
        <translation>전: 바탕 모델</translation>
    </message>
    <message>
        <source>After: the tuned model</source>
        <translation>후: 튜닝한 모델</translation>
    </message>
    <message>
        <source>Again, another seed</source>
        <translation>다른 시드로 다시</translation>
    </message>
    <message>
        <source>Asks both the same once more, drawn with the next seed; these answers go</source>
        <translation>다음 시드로 둘에게 같은 것을 다시 묻습니다. 이 답변은 사라집니다</translation>
    </message>
</context>
<context>
    <name>lathe::WindowNotices</name>
    <message>
        <source>This workspace can only be read here, nothing is saved or trained: %1</source>
        <translation>이 작업 공간은 여기서 읽을 수만 있고, 저장하거나 학습하지 않습니다. %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>The database of this workspace was damaged. It is kept as %1; %2 runs could be read from it, others come from their checkpoints.</source>
        <translation>이 작업 공간의 데이터베이스가 손상되었습니다. %1(으)로 보관했습니다. 실행 %2개를 읽어 냈고, 나머지는 체크포인트에서 가져왔습니다.</translation>
    </message>
    <message>
        <source>The machine runs on its battery, which a training run empties quickly.</source>
        <translation>컴퓨터가 배터리로 돌고 있습니다. 학습하면 빨리 닳습니다.</translation>
    </message>
    <message>
        <source>Pause the run</source>
        <translation>실행 일시 정지</translation>
    </message>
    <message>
        <source>Leave room</source>
        <translation>여유 남기기</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>“%1” is neither text nor rows, nor a model, a run or settings of one.</source>
        <translation>“%1”은(는) 글이나 행도, 모델이나 실행, 실행 설정도 아닙니다.</translation>
    </message>
    <message>
        <source>Left out: “%1”. Any number of data files can be dropped at once, or one thing of another kind.</source>
        <translation>“%1”은(는) 뺐습니다. 데이터 파일은 한 번에 여러 개를 놓을 수 있고, 다른 종류는 하나씩 놓을 수 있습니다.</translation>
    </message>
    <message>
        <source>“%1” is a workspace.</source>
        <translation>“%1”은(는) 작업 공간입니다.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>In a window of its own; this one stays</source>
        <translation>새 창에서 엽니다. 이 창은 그대로 있습니다</translation>
    </message>
    <message>
        <source>Import its runs</source>
        <translation>실행 가져오기</translation>
    </message>
    <message>
        <source>Copies them into this workspace; that one stays as it is</source>
        <translation>이 작업 공간으로 복사합니다. 그쪽은 그대로 남습니다</translation>
    </message>
</context>
</TS>
