"""Exports as the tools write them, in their encodings, with people who do not exist."""

import codecs

TEAMS_PL = """1. Podsumowanie
Tytuł spotkania\tSzkolenie „Kooperacja” – dzień 1
Liczba uczestników\t3
Godzina rozpoczęcia\t6.10.2026, 08:55:10
Godzina zakończenia\t6.10.2026, 12:31:00
Czas trwania spotkania\t3 godz. 35 min 50 s
Średni czas obecności\t2 godz. 1 min

2. Uczestnicy
Imię i nazwisko\tPierwsze dołączenie\tOstatnie wyjście\tCzas udziału w spotkaniu\tAdres e-mail\
\tIdentyfikator uczestnika (UPN)\tRola
Łucja Żmigrodzka\t6.10.2026, 08:58:12\t6.10.2026, 12:30:05\t2 godz. 31 min 53 s\tlucja@pcpr.example.org\
\tlucja@pcpr.example.org\tUczestnik
Jan Święcki (Gość)\t6.10.2026, 09:05:00\t6.10.2026, 12:29:00\t3 godz. 24 min\t\t\tUczestnik
Marta Ćwiek\t6.10.2026, 08:55:10\t6.10.2026, 12:31:00\t3 godz. 35 min 50 s\tmarta@rops.example.org\
\tmarta@rops.example.org\tOrganizator

3. Działania podczas spotkania
Imię i nazwisko\tGodzina dołączenia\tGodzina opuszczenia\tCzas trwania\tAdres e-mail\tRola
Łucja Żmigrodzka\t6.10.2026, 08:58:12\t6.10.2026, 10:00:00\t1 godz. 1 min 48 s\tlucja@pcpr.example.org\tUczestnik
Łucja Żmigrodzka\t6.10.2026, 11:00:00\t6.10.2026, 12:30:05\t1 godz. 30 min 5 s\tlucja@pcpr.example.org\tUczestnik
Jan Święcki (Gość)\t6.10.2026, 09:05:00\t6.10.2026, 12:29:00\t3 godz. 24 min\t\tUczestnik
Marta Ćwiek\t6.10.2026, 08:55:10\t6.10.2026, 12:31:00\t3 godz. 35 min 50 s\tmarta@rops.example.org\tOrganizator
"""

TEAMS_EN = """1. Summary
Meeting title\tTraining day 1
Attended participants\t2
Start time\t10/13/26, 8:55:10\u202fAM
End time\t10/13/26, 12:31:00\u202fPM
Meeting duration\t3h 35m 50s
Average attendance time\t3h 1m 3s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ewa Lis\t10/13/26, 9:00:00\u202fAM\t10/13/26, 12:30:00\u202fPM\t3h 30m\tEwa.Lis@pcpr.example.org\
\tewa.lis@pcpr.example.org\tPresenter
Iga Bąk (Unverified)\t10/13/26, 9:01:00\u202fAM\t10/13/26, 12:00:00\u202fPM\t1h 5m 3s\t\
\tiga_bak.example#EXT#@pcpr.example.org\tAttendee
"""

ACTIVITIES_EN = """
3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ewa Lis\t10/13/26, 9:00:00\u202fAM\t10/13/26, 12:30:00\u202fPM\t3h 30m\tEwa.Lis@pcpr.example.org\tPresenter
Iga Bąk (Unverified)\t10/13/26, 9:01:00\u202fAM\t\t1h 5m 3s\t\tAttendee
"""

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,"Webinarium, cz. 1",10/13/2026 08:50:00 AM,10/13/2026 12:35:00 PM,biuro@rops.example.org,225,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Ewa Lis,ewa.lis@pcpr.example.org,10/13/2026 08:59:00 AM,10/13/2026 10:00:00 AM,61,Yes,
Ewa Lis,ewa.lis@pcpr.example.org,10/13/2026 10:05:30 AM,10/13/2026 12:30:00 PM,145,Yes,
"Iga (Iga Bąk, PCPR)",,10/13/2026 09:00:00 AM,10/13/2026 12:00:00 PM,180,Yes,
"=HYPERLINK(""https://example.org"";""kliknij"")",,10/13/2026 09:00:00 AM,10/13/2026 09:01:00 AM,1,Yes,
"""

WEBEX = (
    "Meeting Name\tMeeting Start Time\tMeeting End Time\tDisplay Name\tAttendee Email\tJoin time\tLeave time"
    "\tAttendance Duration\tConnection Type\n"
    'Dzień 2\t"=""2026-10-07 09:00:00"""\t"=""2026-10-07 15:15:00"""\tZoja Ślęk\tzoja@pcpr.example.org'
    '\t"=""2026-10-07 08:58:50"""\t"=""2026-10-07 15:10:00"""\t372 mins\tDesktop app\n'
    'Dzień 2\t"=""2026-10-07 09:00:00"""\t"=""2026-10-07 15:15:00"""\tAdam Rój\tadam@pcpr.example.org'
    '\t"=""2026-10-07 09:30:00"""\t"=""2026-10-07 12:00:00"""\t150 mins\tMobile app\n'
)

CLICKMEETING = """Nick;E-mail;Wejście;Wyjście;Kraj
Łucja Żmigrodzka;lucja@pcpr.example.org;2026-10-06 08:58:12;2026-10-06 12:30:05;Polska
Gość źródło;;2026-10-06 09:00:00;2026-10-06 09:10:00;Polska
"""

TABLE = """imię i nazwisko;e-mail;od;do
Łucja Żmigrodzka;lucja@pcpr.example.org;06.10.2026 09:00;06.10.2026 12:30
Jan Święcki;;06.10.2026 9:05;06.10.2026 12:30
"""


def teams(text: str) -> bytes:
    """As Teams writes: UTF-16LE with its mark, lines ended as in Windows."""
    return codecs.BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")
