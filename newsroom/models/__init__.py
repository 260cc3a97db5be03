"""The newsroom's models: the index page, articles, their child rows, archives, imports, reviews and topics."""

from newsroom.models.archive import PressArchive
from newsroom.models.article import NewsArticle
from newsroom.models.child_models import (
    ArticleContact,
    ArticleCountry,
    ArticleTopic,
    Correction,
    RelatedArticle,
)
from newsroom.models.imported import ImportedText
from newsroom.models.index import NewsIndex
from newsroom.models.reference import Reference
from newsroom.review.models import OfficeReviewTask, ReviewRule
from newsroom.topics import Topic, TopicName
