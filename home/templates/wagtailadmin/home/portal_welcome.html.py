
BBBB BBBB BBBBBBBBBBBBBBBBB
 gettext(u'What to do next') 
BBBBB BBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    BB BBBBB
        XXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
            BBB BBBB BB BBBBB
                XXXX
                    XXX XXXXXXXXXXXXXXXX XXXXXXXXXXXX
                    XXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
                        BBB BBBBB BB BBBBBBBBBBBB
                            XXXX
                                XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBXXXXXX
                                BB BBBBBBBBBBBBXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXBBBBB
                            XXXXX
                        BBBBBB
                        BB BBBBBBBBB
                            XXXX ngettext(u'and %(more)s more', u'and %(more)s more', count) SSS SSSSSSSS SSSSPPP PPPPPPPP PPPPXXXXX
                        BBBBB
                    XXXXX
                XXXXX
            BBBBBB
        XXXXX
    BBBB
        XXX gettext(u'Nothing waits for you: no drafts, no approvals, no reviews, no deadlines.') XXXX
    BBBBB
BBBBBBBB
